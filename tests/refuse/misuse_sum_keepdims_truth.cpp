// SPDX-License-Identifier: BSL-1.0
// keepdims is a word of its own.
// refuses: sum
// error: sum takes 1 expression, 2 arguments are given; write sum<0>(x, keepdims)
// error[clang]: sum takes one expression, and dimensions in angle brackets
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = sum<0>(x, keepdims);
#else
constexpr auto a = sum<0>(x, true);  // here
#endif
