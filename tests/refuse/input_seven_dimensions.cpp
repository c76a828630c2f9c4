// SPDX-License-Identifier: BSL-1.0
// A tensor has at most six dimensions.
// refuses: input
// error: use of invalid variable template 'input<"x", batch, 2, 3, 4, 5, 6, 7>'
// error: <= gradus::max_rank
// lines: 11
#include <gradus/expr/leaf.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
#ifdef FIXED
constexpr auto x = input<"x", batch, 2, 3, 4, 5, 6>;
#else
constexpr auto x = input<"x", batch, 2, 3, 4, 5, 6, 7>;  // here
#endif
