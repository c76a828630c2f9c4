// SPDX-License-Identifier: BSL-1.0
// The quotient of rows of 6 and of 9 numbers.
// refuses: div
// error: 6 and 9 differ in the last dimension: div cannot combine (batch, 6) and (batch, 9)
// error[clang]: {6, 9}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 6>;
constexpr auto u = input<"u", batch, 9>;
constexpr auto v = input<"v", batch, 6>;
#ifdef FIXED
constexpr auto z = x / v;
#else
constexpr auto z = x / u;  // here
#endif
