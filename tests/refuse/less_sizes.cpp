// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 7 and of 10 numbers.
// refuses: less
// error: 7 and 10 differ in the last dimension: less cannot combine (batch, 7) and (batch, 10)
// error[clang]: {7, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 7>;
constexpr auto u = input<"u", batch, 10>;
constexpr auto v = input<"v", batch, 7>;
#ifdef FIXED
constexpr auto z = x < v;
#else
constexpr auto z = x < u;  // here
#endif
