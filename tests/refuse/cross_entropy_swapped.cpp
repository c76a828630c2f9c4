// SPDX-License-Identifier: BSL-1.0
// The target first, the scores second.
// refuses: cross_entropy
// error: 1 dimension or one fewer wanted, 2 given: cross_entropy of (batch,) scores and a (batch, 10) target
// error[clang]: {1, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto l = cross_entropy(z, y);
#else
constexpr auto l = cross_entropy(y, z);  // here
#endif
