// SPDX-License-Identifier: BSL-1.0
// A formula of several operations: the error is at the sum that is wrong.
// refuses: add
// error: 64 and 10 differ in the last dimension: add cannot combine (batch, 64) and (10,)
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto b = parameter<"b", 10>;
constexpr auto c = parameter<"c", 64>;
#ifdef FIXED
constexpr auto z = 2.f * x +
                   exp(x) / (x * x + c)
                   - 1;
#else
constexpr auto z = 2.f * x +
                   exp(x) / (x * x + b)  // here
                   - 1;
#endif
