// SPDX-License-Identifier: BSL-1.0
// Two operands.
// refuses: sum
// error: sum takes 1 expression, 2 arguments are given; write sum of one
// error[clang]: sum takes one expression
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = sum(x + x);
#else
constexpr auto a = sum(x, x);  // here
#endif
