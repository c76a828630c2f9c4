// SPDX-License-Identifier: BSL-1.0
// The target is missing.
// refuses: cross_entropy
// error: cross_entropy takes 2 arguments, 1 is given; write cross_entropy(z, y)
// error[clang]: cross_entropy takes two expressions: cross_entropy(z, y)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
#ifdef FIXED
constexpr auto a = cross_entropy(z, input<"y", batch>);
#else
constexpr auto a = cross_entropy(z);  // here
#endif
