// SPDX-License-Identifier: BSL-1.0
// A dimension is no number, also where it will be one.
// refuses: div
// error: div cannot combine () and the dimension batch; for a mean over a dimension write mean<0>(x)
// error[clang]: / takes no dimension, it is no number
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = sum(mean<0>(x));
#else
constexpr auto a = sum(x) / batch;  // here
#endif
constexpr auto more = exp(a) + 1;
