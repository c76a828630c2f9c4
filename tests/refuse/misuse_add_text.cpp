// SPDX-License-Identifier: BSL-1.0
// A text is no operand.
// refuses: add
// error: add cannot combine (batch, 64) and a text; write a number or an expression
// error[clang]: + takes expressions and plain numbers, and this is neither
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = x + 1;
#else
constexpr auto a = x + "1";  // here
#endif
constexpr auto more = exp(a) + 1;
