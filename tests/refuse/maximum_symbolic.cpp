// SPDX-License-Identifier: BSL-1.0
// A batch of any size against one of 64.
// refuses: maximum
// error: 64 and batch differ in the last dimension: maximum cannot combine (64,) and (batch,)
// error[clang]: {64, -1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", 64>;
constexpr auto u = input<"u", batch>;
constexpr auto v = input<"v", 1>;
#ifdef FIXED
constexpr auto z = maximum(x, v);
#else
constexpr auto z = maximum(x, u);  // here
#endif
