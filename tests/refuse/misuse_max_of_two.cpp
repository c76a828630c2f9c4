// SPDX-License-Identifier: BSL-1.0
// The larger of two is another operation.
// refuses: max
// error: max takes 1 expression, 2 arguments are given; the larger of two is written maximum(x, y)
// error[clang]: max takes one expression
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = maximum(x, 2 * x);
#else
constexpr auto a = max(x, 2 * x);  // here
#endif
