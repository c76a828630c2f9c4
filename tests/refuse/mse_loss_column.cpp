// SPDX-License-Identifier: BSL-1.0
// A column of predictions against a vector of targets: stretching would compare all with all.
// refuses: mse_loss
// error: 2 and 1 dimensions differ: mse_loss compares (442, 1) with (442,) and stretches nothing
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z = input<"z", 442, 1>;
constexpr auto u = input<"u", 442>;
constexpr auto v = input<"v", 442, 1>;
#ifdef FIXED
constexpr auto l = mse_loss(z, v);
#else
constexpr auto l = mse_loss(z, u);  // here
#endif
