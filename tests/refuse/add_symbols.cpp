// SPDX-License-Identifier: BSL-1.0
// Two sizes that are known only at run time, with two names.
// refuses: add
// error: batch and time are different names in dimension 0: add cannot combine (batch, 10) and (time, 10)
// error[clang]: {-1, -1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto time = dim<"time">;
constexpr auto x = input<"x", batch, 10>;
constexpr auto u = input<"u", time, 10>;
constexpr auto v = input<"v", batch, 10>;
#ifdef FIXED
constexpr auto z = x + v;
#else
constexpr auto z = x + u;  // here
#endif
