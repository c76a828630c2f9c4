// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 9 and of 12 numbers.
// refuses: greater
// error: 9 and 12 differ in the last dimension: greater cannot combine (batch, 9) and (batch, 12)
// error[clang]: {9, 12}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 9>;
constexpr auto u = input<"u", batch, 12>;
constexpr auto v = input<"v", batch, 9>;
#ifdef FIXED
constexpr auto z = x > v;
#else
constexpr auto z = x > u;  // here
#endif
