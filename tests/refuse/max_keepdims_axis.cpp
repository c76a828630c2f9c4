// SPDX-License-Identifier: BSL-1.0
// The same with the dimension kept.
// refuses: max
// error: dimension 5 of 2 does not exist: max<5> of (batch, 64)
// error[clang]: {5, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = max<0>(x, keepdims);
#else
constexpr auto z = max<5>(x, keepdims);  // here
#endif
