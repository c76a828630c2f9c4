// SPDX-License-Identifier: BSL-1.0
// An order in the wrong brackets.
// refuses: permute
// error: permute takes 1 expression, 3 arguments are given: dimensions stand in angle brackets; write permute<1, 0>(x)
// error[clang]: permute takes one expression, and dimensions in angle brackets
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = permute<1, 0>(x);
#else
constexpr auto a = permute(x, 1, 0);  // here
#endif
