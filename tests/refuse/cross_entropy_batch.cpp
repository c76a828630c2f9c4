// SPDX-License-Identifier: BSL-1.0
// Class indices for 32 samples, scores for any number.
// refuses: cross_entropy
// error: batch and 32 differ in dimension 0: cross_entropy of (batch, 10) scores and a (32,) target
// error[clang]: {-1, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
constexpr auto u = input<"u", 32>;
constexpr auto v = input<"v", batch>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, v);
#else
constexpr auto l = cross_entropy(z, u);  // here
#endif
