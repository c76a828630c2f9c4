// SPDX-License-Identifier: BSL-1.0
// The same with the dimension kept.
// refuses: sum
// error: dimension 5 of 2 does not exist: sum<5> of (batch, 64)
// error[clang]: {5, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = sum<0>(x, keepdims);
#else
constexpr auto z = sum<5>(x, keepdims);  // here
#endif
