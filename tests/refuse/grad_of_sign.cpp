// SPDX-License-Identifier: BSL-1.0
// The sign has no slope.
// refuses: grad
// error: no gradient reaches x (batch, 64): sign stops it, being flat; write tanh(x) for a soft sign
// error[clang]: no gradient gets there: an operation on the way is flat
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
constexpr auto d = grad(mean(tanh(z)), x);
#else
constexpr auto d = grad(mean(sign(z)), x);  // here
#endif
