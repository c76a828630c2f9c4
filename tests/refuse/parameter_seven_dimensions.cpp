// SPDX-License-Identifier: BSL-1.0
// A tensor has at most six dimensions.
// refuses: parameter
// error: is unavailable: a tensor has at most 6 dimensions: write one size for several, as parameter<"W", 64> for 8 x 8
// error[clang]: is unavailable: a tensor has at most 6 dimensions: write one size for several, as parameter<"W", 64> for 8 x 8
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto W = parameter<"W", 2, 2, 2, 2, 2, 4>;
#else
constexpr auto W = parameter<"W", 2, 2, 2, 2, 2, 2, 2>;  // here
#endif
