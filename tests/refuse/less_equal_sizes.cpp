// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 8 and of 11 numbers.
// refuses: less_equal
// error: 8 and 11 differ in the last dimension: less_equal cannot combine (batch, 8) and (batch, 11)
// error[clang]: {8, 11}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8>;
constexpr auto u = input<"u", batch, 11>;
constexpr auto v = input<"v", batch, 8>;
#ifdef FIXED
constexpr auto z = x <= v;
#else
constexpr auto z = x <= u;  // here
#endif
