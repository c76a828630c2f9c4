// SPDX-License-Identifier: BSL-1.0
// C++'s own "and".
// refuses: &&
// error: && needs truth values, an expression has numbers, and only when the program runs; write a * b for both of two comparisons
// error[clang]: && needs truth values
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = (x > 0) * (x < 1);
#else
constexpr auto a = x > 0 && x < 1;  // here
#endif
constexpr auto more = exp(a) + 1;
