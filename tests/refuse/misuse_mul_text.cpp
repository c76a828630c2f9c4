// SPDX-License-Identifier: BSL-1.0
// A text on the left.
// refuses: mul
// error: mul cannot combine a text and (batch, 64); write a number or an expression
// error[clang]: * takes expressions and plain numbers, and this is neither
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = 2 * x;
#else
constexpr auto a = "2" * x;  // here
#endif
