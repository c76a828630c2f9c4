// SPDX-License-Identifier: BSL-1.0
// One dimension twice, kept.
// refuses: sum
// error: dimension 0 is named twice: sum<0, 0> of (batch, 64)
// error[clang]: {0, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = sum<0, 1>(x, keepdims);
#else
constexpr auto z = sum<0, 0>(x, keepdims);  // here
#endif
