// SPDX-License-Identifier: BSL-1.0
// A text is no value.
// refuses: where
// error: where takes a condition and two values, the second value is neither expression nor number; write where(x > 0, x, 0)
// error[clang]: where takes an expression as its condition and two expressions or plain numbers
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = where(x > 0, x, 0);
#else
constexpr auto a = where(x > 0, x, "0");  // here
#endif
