// SPDX-License-Identifier: BSL-1.0
// Class indices for 16 samples, scores for 32.
// refuses: cross_entropy
// error: 32 and 16 differ in dimension 0: cross_entropy of (32, 10) scores and a (16,) target
// error[clang]: {32, 16}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z = input<"z", 32, 10>;
constexpr auto u = input<"u", 16>;
constexpr auto v = input<"v", 32>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, v);
#else
constexpr auto l = cross_entropy(z, u);  // here
#endif
