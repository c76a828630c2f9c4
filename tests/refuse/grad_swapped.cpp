// SPDX-License-Identifier: BSL-1.0
// The loss stands first.
// refuses: grad
// error: the loss first: W (10, 64) is a part of the second argument, not the other way round; write grad(loss, W)
// error[clang]: the loss stands first: write grad(loss, W)
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
constexpr auto d = grad(W, loss);  // here
#endif
