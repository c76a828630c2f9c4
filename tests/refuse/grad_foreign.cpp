// SPDX-License-Identifier: BSL-1.0
// The gradient by a parameter that the loss does not contain. It would be zero for ever, and the parameter never learn.
// refuses: grad
// error: the loss does not contain V (64, 10), so there is no gradient by it; the nearest is W (64, 10)
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto W = parameter<"W", 64, 10>;
constexpr auto V = parameter<"V", 64, 10>;
constexpr auto loss = mean(cross_entropy(matmul(x, W), y));
#ifdef FIXED
constexpr auto dW = grad(loss, W);
#else
constexpr auto dW = grad(loss, V);  // here
#endif
