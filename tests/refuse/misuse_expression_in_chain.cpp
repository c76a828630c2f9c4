// SPDX-License-Identifier: BSL-1.0
// An expression at the start of a chain.
// refuses: add
// error: a chain holds layers, (batch, 64) is the shape of an expression; write fc1(x)
// error[clang]: a chain holds layers, and this is an expression
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = fc(x);
#else
constexpr auto a = x >> fc;  // here
#endif
constexpr auto more = exp(a) + 1;
