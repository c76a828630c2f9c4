// SPDX-License-Identifier: BSL-1.0
// The compiler's own words: an expression is neither true nor false before the program runs.
// refuses: equal
// error: could not convert
// error[clang]: is not contextually convertible to 'bool'
// lines: 10
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = where(x == 1, 2, 3);
#else
constexpr auto a = x == 1 ? 2 : 3;  // here
#endif
