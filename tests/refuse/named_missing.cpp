// SPDX-License-Identifier: BSL-1.0
// The name is forgotten.
// refuses: named
// error: a name has at least one letter: write named<\"encoder\">(fc)
// error[clang]: a name is missing
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto z = named<"encoder">(fc);
#else
constexpr auto z = named(fc);  // here
#endif
