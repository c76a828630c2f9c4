// SPDX-License-Identifier: BSL-1.0
// The comparison of rows of 10 and of 13 numbers.
// refuses: greater_equal
// error: 10 and 13 differ in the last dimension: greater_equal cannot combine (batch, 10) and (batch, 13)
// error[clang]: {10, 13}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 10>;
constexpr auto u = input<"u", batch, 13>;
constexpr auto v = input<"v", batch, 10>;
#ifdef FIXED
constexpr auto z = x >= v;
#else
constexpr auto z = x >= u;  // here
#endif
