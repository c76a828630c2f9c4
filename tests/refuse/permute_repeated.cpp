// SPDX-License-Identifier: BSL-1.0
// One dimension twice, another not at all.
// refuses: permute
// error: dimension 2 stands twice in the order: permute<0, 2, 2> cannot reorder (batch, 8, 4); write permute<0, 2, 1>
// error[clang]: {3, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 4>;
#ifdef FIXED
constexpr auto z = permute<0, 2, 1>(x);
#else
constexpr auto z = permute<0, 2, 2>(x);  // here
#endif
