// SPDX-License-Identifier: BSL-1.0
// A number for each row, added as if it were one for each column.
// refuses: add
// error: 10 and batch differ in the last dimension: add cannot combine (batch, 10) and (batch,)
// error[clang]: {10, -1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 10>;
constexpr auto u = input<"u", batch>;
constexpr auto v = input<"v", batch, 1>;
#ifdef FIXED
constexpr auto z = x + v;
#else
constexpr auto z = x + u;  // here
#endif
