// SPDX-License-Identifier: BSL-1.0
// No layer at all.
// refuses: sequential
// error: no layers are given
// error[clang]: no layers
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
constexpr auto z = sequential(fc);
#else
constexpr auto z = sequential();  // here
#endif
