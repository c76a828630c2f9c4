// SPDX-License-Identifier: BSL-1.0
// A truth value of C++ is no condition.
// refuses: where
// error: where takes a condition and two values, the condition is no expression; write where(x > 0, x, 0)
// error[clang]: where takes an expression as its condition
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = where(x > 0, x, x);
#else
constexpr auto a = where(true, x, x);  // here
#endif
