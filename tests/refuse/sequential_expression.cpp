// SPDX-License-Identifier: BSL-1.0
// The input in sequential.
// refuses: sequential
// error: an expression of shape (batch, 64) is no layer: sequential takes layers; write the layer alone, and call it with the expression: net(x)
// error[clang]: this is no layer: sequential takes layers
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
constexpr auto z = sequential(fc)(x);
#else
constexpr auto z = sequential(x, fc);  // here
#endif
