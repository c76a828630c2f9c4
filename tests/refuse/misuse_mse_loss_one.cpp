// SPDX-License-Identifier: BSL-1.0
// The target is missing.
// refuses: mse_loss
// error: mse_loss takes 2 arguments, 1 is given; write mse_loss(z, y)
// error[clang]: mse_loss takes two expressions: mse_loss(z, y)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = mse_loss(x, x + 1);
#else
constexpr auto a = mse_loss(x);  // here
#endif
