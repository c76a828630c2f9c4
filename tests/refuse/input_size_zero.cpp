// SPDX-License-Identifier: BSL-1.0
// An input of no features.
// refuses: input
// error: is unavailable: a dimension has at least 1 element: write input<"x", 1>, or input<"x"> for a scalar
// error[clang]: is unavailable: a dimension has at least 1 element: write input<"x", 1>, or input<"x"> for a scalar
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
#ifdef FIXED
constexpr auto x = input<"x", batch, 1>;
#else
constexpr auto x = input<"x", batch, 0>;  // here
#endif
constexpr auto z = exp(x) + 1;
