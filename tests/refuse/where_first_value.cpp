// SPDX-License-Identifier: BSL-1.0
// The value for true has another width.
// refuses: where
// error: 7 and 10 differ in the last dimension: where cannot combine (batch, 7) and (batch, 10)
// error[clang]: {7, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 10>;
constexpr auto u = input<"u", batch, 7>;
constexpr auto v = input<"v", batch, 1>;
#ifdef FIXED
constexpr auto z = where(x > 0, v, x);
#else
constexpr auto z = where(x > 0, u, x);  // here
#endif
