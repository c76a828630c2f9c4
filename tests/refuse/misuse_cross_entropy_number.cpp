// SPDX-License-Identifier: BSL-1.0
// A number is no target.
// refuses: cross_entropy
// error: cross_entropy takes 2 expressions, (batch, 10) and a number are given; write input<\"y\", batch> for the target
// error[clang]: cross_entropy takes 2 expressions, and this is none
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
#ifdef FIXED
constexpr auto a = cross_entropy(z, input<"y", batch>);
#else
constexpr auto a = cross_entropy(z, 3);  // here
#endif
constexpr auto more = exp(a) + 1;
