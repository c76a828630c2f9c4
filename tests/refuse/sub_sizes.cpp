// SPDX-License-Identifier: BSL-1.0
// The difference of rows of 4 and of 7 numbers.
// refuses: sub
// error: 4 and 7 differ in the last dimension: sub cannot combine (batch, 4) and (batch, 7)
// error[clang]: {4, 7}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto u = input<"u", batch, 7>;
constexpr auto v = input<"v", batch, 4>;
#ifdef FIXED
constexpr auto z = x - v;
#else
constexpr auto z = x - u;  // here
#endif
