// SPDX-License-Identifier: BSL-1.0
// A tensor has at most six dimensions.
// refuses: input
// error: is unavailable: a tensor has at most 6 dimensions: write one size for several, as input<"x", 64> for 8 x 8
// error[clang]: is unavailable: a tensor has at most 6 dimensions: write one size for several, as input<"x", 64> for 8 x 8
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto x = input<"x", 2, 2, 2, 2, 2, 4>;
#else
constexpr auto x = input<"x", 2, 2, 2, 2, 2, 2, 2>;  // here
#endif
