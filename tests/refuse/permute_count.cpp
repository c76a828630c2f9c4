// SPDX-License-Identifier: BSL-1.0
// Two dimensions ordered of a tensor with three.
// refuses: permute
// error: 2 dimensions ordered, 3 given: permute<1, 0> cannot reorder (batch, 8, 4)
// error[clang]: sizes = {2, 3}
// error[clang]: (2 == 3) evaluated to false
// lines: 8
// lines[clang]: 30
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 4>;
#ifdef FIXED
constexpr auto z = permute<1, 0, 2>(x);
#else
constexpr auto z = permute<1, 0>(x);  // here
#endif
