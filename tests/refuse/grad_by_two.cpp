// SPDX-License-Identifier: BSL-1.0
// Two gradients at once.
// refuses: grad
// error: grad takes one loss and one thing to differentiate by; write grad(loss, W) and grad(loss, b), each by itself
// error[clang]: grad takes one thing to differentiate by
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
constexpr auto d = grad(loss, W, x);  // here
#endif
