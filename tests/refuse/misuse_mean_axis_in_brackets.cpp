// SPDX-License-Identifier: BSL-1.0
// The dimension in the wrong brackets.
// refuses: mean
// error: mean takes 1 expression, 2 arguments are given: dimensions stand in angle brackets; write mean<0>(x)
// error[clang]: mean takes one expression, and dimensions in angle brackets: write mean<0>(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = mean<0>(x);
#else
constexpr auto a = mean(x, 0);  // here
#endif
constexpr auto more = exp(a) + 1;
