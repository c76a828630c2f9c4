// SPDX-License-Identifier: BSL-1.0
// Dimensions are counted from 0: there is no dimension 3 of three.
// refuses: permute
// error: dimension 3 of 3 does not exist: permute<1, 2, 3> cannot reorder (batch, 8, 4); write permute<1, 2, 0>
// error[clang]: {3, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 4>;
#ifdef FIXED
constexpr auto z = permute<0, 1, 2>(x);
#else
constexpr auto z = permute<1, 2, 3>(x);  // here
#endif
