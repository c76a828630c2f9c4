// SPDX-License-Identifier: BSL-1.0
// The dimension in the wrong brackets.
// refuses: max
// error: max takes 1 expression, 2 arguments are given: dimensions stand in angle brackets; write max<0>(x)
// error[clang]: max takes one expression, and dimensions in angle brackets: write max<0>(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = max<0>(x);
#else
constexpr auto a = max(x, 0);  // here
#endif
constexpr auto more = exp(a) + 1;
