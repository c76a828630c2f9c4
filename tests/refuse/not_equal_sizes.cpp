// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 12 and of 15 numbers.
// refuses: not_equal
// error: 12 and 15 differ in the last dimension: not_equal cannot combine (batch, 12) and (batch, 15)
// error[clang]: {12, 15}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 12>;
constexpr auto u = input<"u", batch, 15>;
constexpr auto v = input<"v", batch, 12>;
#ifdef FIXED
constexpr auto z = x != v;
#else
constexpr auto z = x != u;  // here
#endif
