// SPDX-License-Identifier: BSL-1.0
// Pounds compared with kilograms: equal sizes, different names.
// refuses: mse_loss
// error: pounds=3 and kilograms=3 are different names in dimension 1:
// error: mse_loss compares (batch, pounds=3) with (batch, kilograms=3) and stretches nothing
// error[clang]: {3, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto pounds = dim<"pounds", 3>;
constexpr auto kilograms = dim<"kilograms", 3>;
constexpr auto z = input<"z", batch, pounds>;
constexpr auto u = input<"u", batch, kilograms>;
constexpr auto v = input<"v", batch, pounds>;
#ifdef FIXED
constexpr auto l = mse_loss(z, v);
#else
constexpr auto l = mse_loss(z, u);  // here
#endif
