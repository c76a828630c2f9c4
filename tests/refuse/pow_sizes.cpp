// SPDX-License-Identifier: BSL-1.0
// pow of rows of 20 and of 25 numbers.
// refuses: pow
// error: 20 and 25 differ in the last dimension: pow cannot combine (batch, 20) and (25,)
// error[clang]: {20, 25}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 20>;
constexpr auto u = parameter<"u", 25>;
constexpr auto v = parameter<"v", 20>;
#ifdef FIXED
constexpr auto z = pow(x, v);
#else
constexpr auto z = pow(x, u);  // here
#endif
