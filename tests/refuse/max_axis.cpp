// SPDX-License-Identifier: BSL-1.0
// Dimensions are counted from 0: a matrix has no dimension 2.
// refuses: max
// error: dimension 2 of 2 does not exist: max<2> of (batch, 64)
// error[clang]: {2, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = max<1>(x);
#else
constexpr auto z = max<2>(x);  // here
#endif
