// SPDX-License-Identifier: BSL-1.0
// maximum of rows of 21 and of 26 numbers.
// refuses: maximum
// error: 21 and 26 differ in the last dimension: maximum cannot combine (batch, 21) and (26,)
// error[clang]: {21, 26}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 21>;
constexpr auto u = parameter<"u", 26>;
constexpr auto v = parameter<"v", 21>;
#ifdef FIXED
constexpr auto z = maximum(x, v);
#else
constexpr auto z = maximum(x, u);  // here
#endif
