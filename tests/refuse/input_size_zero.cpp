// SPDX-License-Identifier: BSL-1.0
// A dimension has at least one element.
// refuses: input
// error: use of invalid variable template 'input<"x", batch, 0>'
// error: (DimensionOrSizeFromOneOn<D> && ...)
// error[clang]: because 0 does not satisfy 'DimensionOrSizeFromOneOn'
// lines: 11
// lines[clang]: 12
#include <gradus/expr/leaf.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
#ifdef FIXED
constexpr auto x = input<"x", batch, 1>;
#else
constexpr auto x = input<"x", batch, 0>;  // here
#endif
