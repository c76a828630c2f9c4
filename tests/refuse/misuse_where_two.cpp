// SPDX-License-Identifier: BSL-1.0
// The second value is missing.
// refuses: where
// error: where takes 3 arguments, 2 are given; write where(x > 0, x, 0)
// error[clang]: where takes a condition and two values: where(x > 0, x, 0)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = where(x > 0, x, 0);
#else
constexpr auto a = where(x > 0, x);  // here
#endif
