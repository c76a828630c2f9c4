// SPDX-License-Identifier: BSL-1.0
// One label for four predictions: a loss stretches nothing.
// refuses: binary_cross_entropy_with_logits
// error: 4 and 1 differ in dimension 1:
// error: binary_cross_entropy_with_logits compares (batch, 4) with (batch, 1) and stretches nothing
// error[clang]: {4, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 4>;
constexpr auto u = input<"u", batch, 1>;
constexpr auto v = input<"v", batch, 4>;
#ifdef FIXED
constexpr auto l = binary_cross_entropy_with_logits(z, v);
#else
constexpr auto l = binary_cross_entropy_with_logits(z, u);  // here
#endif
