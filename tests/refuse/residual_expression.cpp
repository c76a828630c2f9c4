// SPDX-License-Identifier: BSL-1.0
// residual of an expression.
// refuses: residual
// error: an expression of shape (batch, 64) is no layer: residual takes layers
// error[clang]: this is no layer: residual takes a layer
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto z = residual(fc)(x);
#else
constexpr auto z = residual(x);  // here
#endif
