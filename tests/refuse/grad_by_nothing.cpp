// SPDX-License-Identifier: BSL-1.0
// A gradient by what? The leaves of the loss are listed.
// refuses: grad
// error: grad takes a loss and what to differentiate by, one is given; write grad(loss, W); this loss has gradients by W, x
// error[clang]: grad takes two arguments: the loss, and what to differentiate by
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
constexpr auto d = grad(loss);  // here
#endif
