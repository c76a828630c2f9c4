// SPDX-License-Identifier: BSL-1.0
// Ten digits and ten letters are different classes.
// refuses: cross_entropy, cross_entropy_soft
// error: digits=10 and letters=10 are different names in dimension 1:
// error: cross_entropy of (batch, digits=10) scores and a (batch, letters=10) target
// error[clang]: {10, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto digits = dim<"digits", 10>;
constexpr auto letters = dim<"letters", 10>;
constexpr auto z = input<"z", batch, digits>;
constexpr auto u = input<"u", batch, letters>;
constexpr auto v = input<"v", batch, digits>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, v);
#else
constexpr auto l = cross_entropy(z, u);  // here
#endif
