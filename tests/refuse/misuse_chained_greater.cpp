// SPDX-License-Identifier: BSL-1.0
// C++ compares the truth of the first comparison with the last number.
// refuses: greater
// error: a > b > c compares the 0 or 1 of a > b with c; write (a > b) * (b > c)
// error[clang]: a > b > c compares the 0 or 1 of a > b with c; write (a > b) * (b > c)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = (0 > x) * (x > 1);
#else
constexpr auto a = 0 > x > 1;  // here
#endif
constexpr auto more = exp(a) + 1;
