// SPDX-License-Identifier: BSL-1.0
// The features stand first.
// refuses: linear
// error: 64 features expected, batch given: fc2 gets (64, batch); write fc2(transpose(x))
// error[clang]: {64, -1}
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
constexpr auto z = fc2(transpose(transpose(x)));
#else
constexpr auto z = fc2(transpose(x));  // here
#endif
