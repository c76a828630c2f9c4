// SPDX-License-Identifier: BSL-1.0
// A step of gradient descent with the gradient by the wrong parameter.
// refuses: sub
// error: 64 and 10 differ in the last dimension: sub cannot combine (10, 64) and (10,)
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto z = matmul(x, transpose(W));
constexpr auto b = parameter<"b", 10>;
constexpr auto loss = mean(cross_entropy(z + b, y));
#ifdef FIXED
constexpr auto W2 = W - 0.1f * grad(loss, W);
#else
constexpr auto W2 = W - 0.1f * grad(loss, b);  // here
#endif
