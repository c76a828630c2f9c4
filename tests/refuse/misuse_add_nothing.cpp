// SPDX-License-Identifier: BSL-1.0
// nullptr.
// refuses: add
// error: add cannot combine (batch, 64) and nullptr; write a number or an expression
// error[clang]: + takes expressions and plain numbers, and this is neither
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = x + 0;
#else
constexpr auto a = x + nullptr;  // here
#endif
