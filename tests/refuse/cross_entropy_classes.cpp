// SPDX-License-Identifier: BSL-1.0
// Nine probabilities for ten scores.
// refuses: cross_entropy, cross_entropy_soft
// error: 9 probabilities for 10 classes: cross_entropy of (batch, 10) scores and a (batch, 9) target
// error[clang]: {10, 9}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
constexpr auto u = input<"u", batch, 9>;
constexpr auto v = input<"v", batch, 10>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, v);
#else
constexpr auto l = cross_entropy(z, u);  // here
#endif
