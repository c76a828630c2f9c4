// SPDX-License-Identifier: BSL-1.0
// What a gradient is taken by, is given as a number.
// refuses: grad
// error: grad takes a loss and what to differentiate by, a number is given; write grad(loss, W); this loss has gradients by W, x
// error[clang]: grad is taken by a part of the loss, and this is no expression
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto z = matmul(x, transpose(W));
constexpr auto loss = mean(cross_entropy(z, y));
#ifdef FIXED
constexpr auto d = grad(loss, W);
#else
constexpr auto d = grad(loss, 3);  // here
#endif
