// SPDX-License-Identifier: BSL-1.0
// There is no remainder.
// refuses: %
// error: % is no operation of expressions; take the remainder of the numbers before the program gets them
// error[clang]: % is no operation of expressions
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = x / 2;
#else
constexpr auto a = x % 2;  // here
#endif
