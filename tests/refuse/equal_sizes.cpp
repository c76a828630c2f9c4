// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 11 and of 14 numbers.
// refuses: equal
// error: 11 and 14 differ in the last dimension: equal cannot combine (batch, 11) and (batch, 14)
// error[clang]: {11, 14}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 11>;
constexpr auto u = input<"u", batch, 14>;
constexpr auto v = input<"v", batch, 11>;
#ifdef FIXED
constexpr auto z = x == v;
#else
constexpr auto z = x == u;  // here
#endif
