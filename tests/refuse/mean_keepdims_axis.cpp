// SPDX-License-Identifier: BSL-1.0
// The same with the dimension kept.
// refuses: mean
// error: dimension 5 of 2 does not exist: mean<5> of (batch, 64)
// error[clang]: {5, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = mean<0>(x, keepdims);
#else
constexpr auto z = mean<5>(x, keepdims);  // here
#endif
