// SPDX-License-Identifier: BSL-1.0
// minimum of rows of 22 and of 27 numbers.
// refuses: minimum
// error: 22 and 27 differ in the last dimension: minimum cannot combine (batch, 22) and (27,)
// error[clang]: {22, 27}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 22>;
constexpr auto u = parameter<"u", 27>;
constexpr auto v = parameter<"v", 22>;
#ifdef FIXED
constexpr auto z = minimum(x, v);
#else
constexpr auto z = minimum(x, u);  // here
#endif
