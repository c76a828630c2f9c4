// SPDX-License-Identifier: BSL-1.0
// A plain number fits everywhere; the condition must still fit the other value.
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
constexpr auto z = where(v > 0, 0.f, x);
#else
constexpr auto z = where(u > 0, 0.f, x);  // here
#endif
