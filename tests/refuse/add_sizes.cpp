// SPDX-License-Identifier: BSL-1.0
// A bias of 10 numbers added to rows of 64.
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
constexpr auto z = x + c;
#else
constexpr auto z = x + b;  // here
#endif
