// SPDX-License-Identifier: BSL-1.0
// A number is no target.
// refuses: mse_loss
// error: mse_loss takes 2 expressions, (batch, 64) and a number are given; write mean(square(x - 1))
// error[clang]: mse_loss takes 2 expressions, and this is none
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = mean(square(x - 1));
#else
constexpr auto a = mse_loss(x, 1.0);  // here
#endif
constexpr auto more = exp(a) + 1;
