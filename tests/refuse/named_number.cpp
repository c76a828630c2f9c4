// SPDX-License-Identifier: BSL-1.0
// A name for a number.
// refuses: named
// error: a number is no layer: named takes layers
// error[clang]: this is no layer: named takes a layer
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
constexpr auto z = named<"encoder">(3);  // here
#endif
