// SPDX-License-Identifier: BSL-1.0
// One target for two predictions of a sample.
// refuses: mse_loss
// error: 2 and 1 differ in dimension 1: mse_loss compares (batch, 2) with (batch, 1) and stretches nothing
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 2>;
constexpr auto u = input<"u", batch, 1>;
constexpr auto v = input<"v", batch, 2>;
#ifdef FIXED
constexpr auto l = mse_loss(z, v);
#else
constexpr auto l = mse_loss(z, u);  // here
#endif
