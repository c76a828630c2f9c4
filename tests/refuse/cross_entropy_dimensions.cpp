// SPDX-License-Identifier: BSL-1.0
// A scalar target for a batch of scores.
// refuses: cross_entropy
// error: 2 dimensions or one fewer wanted, 0 given: cross_entropy of (batch, 10) scores and a () target
// error[clang]: {2, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
constexpr auto u = input<"u">;
constexpr auto v = input<"v", batch>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, v);
#else
constexpr auto l = cross_entropy(z, u);  // here
#endif
