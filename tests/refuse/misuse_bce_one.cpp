// SPDX-License-Identifier: BSL-1.0
// The target is missing.
// refuses: binary_cross_entropy_with_logits
// error: binary_cross_entropy_with_logits takes 2 arguments, 1 is given; write binary_cross_entropy_with_logits(z, y)
// error[clang]: binary_cross_entropy_with_logits takes two expressions
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
#ifdef FIXED
constexpr auto a = binary_cross_entropy_with_logits(z, input<"y", batch, 10>);
#else
constexpr auto a = binary_cross_entropy_with_logits(z);  // here
#endif
