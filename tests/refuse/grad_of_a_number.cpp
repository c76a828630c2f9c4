// SPDX-License-Identifier: BSL-1.0
// The loss is a number.
// refuses: grad
// error: grad takes a scalar loss first, and this is no expression; write grad(loss, W)
// error[clang]: grad takes a scalar loss first, and this is no expression
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
constexpr auto d = grad(3, W);  // here
#endif
