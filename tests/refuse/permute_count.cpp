// SPDX-License-Identifier: BSL-1.0
// Two dimensions ordered of a tensor with three.
// refuses: permute
// error: 2 dimensions ordered, 3 given: permute<1, 0> cannot reorder (batch, 8, 4)
// error[clang]: {2, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 4>;
#ifdef FIXED
constexpr auto z = permute<1, 0, 2>(x);
#else
constexpr auto z = permute<1, 0>(x);  // here
#endif
