// SPDX-License-Identifier: BSL-1.0
// A number is no target.
// refuses: binary_cross_entropy_with_logits
// error: binary_cross_entropy_with_logits takes 2 expressions, (batch, 10) and a number are given; write input<\"y\", batch, 10> for the target
// error[clang]: binary_cross_entropy_with_logits takes 2 expressions, and this is none
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
#ifdef FIXED
constexpr auto a = binary_cross_entropy_with_logits(z, input<"y", batch, 10>);
#else
constexpr auto a = binary_cross_entropy_with_logits(z, 1);  // here
#endif
