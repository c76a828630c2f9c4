// SPDX-License-Identifier: BSL-1.0
// The mean is taken too early: a scalar has no classes.
// refuses: cross_entropy
// error: a scalar has no classes: cross_entropy of () scores and a (batch,) target
// error[clang]: {0, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto l = mean(cross_entropy(z, y));
#else
constexpr auto l = cross_entropy(mean(z), y);  // here
#endif
