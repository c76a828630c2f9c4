// SPDX-License-Identifier: BSL-1.0
// A gradient by a number that is known while compiling.
// refuses: grad
// error: the loss does not contain a number, so there is no gradient by it
// error[clang]: the loss does not contain this
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
constexpr auto d = grad(loss, constant<2>);  // here
#endif
