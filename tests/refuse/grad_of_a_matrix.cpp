// SPDX-License-Identifier: BSL-1.0
// The gradient of scores instead of a loss.
// refuses: grad
// error: 2 dimensions given, 0 wanted: grad needs a scalar loss and gets (batch, 10); take its mean or sum first
// error[clang]: {2, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto z = matmul(x, transpose(W));
#ifdef FIXED
constexpr auto dW = grad(sum(z), W);
#else
constexpr auto dW = grad(z, W);  // here
#endif
