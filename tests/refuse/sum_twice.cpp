// SPDX-License-Identifier: BSL-1.0
// One dimension twice, as 1 and as -1.
// refuses: sum
// error: dimension -1 is named twice: sum<1, -1> of (batch, 64)
// error[clang]: {-1, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = sum<0, -1>(x);
#else
constexpr auto z = sum<1, -1>(x);  // here
#endif
