// SPDX-License-Identifier: BSL-1.0
// -1 is a size for reshape only.
// refuses: input
// error: is unavailable: a dimension has at least 1 element: write input<"x", 1>, or input<"x"> for a scalar
// error[clang]: is unavailable: a dimension has at least 1 element: write input<"x", 1>, or input<"x"> for a scalar
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto x = input<"x", dim<"batch">, 64>;
#else
constexpr auto x = input<"x", -1, 64>;  // here
#endif
