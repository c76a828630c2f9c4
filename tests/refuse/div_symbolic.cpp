// SPDX-License-Identifier: BSL-1.0
// A number for each time step divides a batch.
// refuses: div
// error: batch and time are different names in the last dimension: div cannot combine (10, batch) and (time,)
// error[clang]: {-1, -1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto time = dim<"time">;
constexpr auto x = input<"x", 10, batch>;
constexpr auto u = input<"u", time>;
constexpr auto v = input<"v", batch>;
#ifdef FIXED
constexpr auto z = x / v;
#else
constexpr auto z = x / u;  // here
#endif
