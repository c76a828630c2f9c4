// SPDX-License-Identifier: BSL-1.0
// A loss for each sample: which one shall shrink?
// refuses: grad
// error: 1 dimensions given, 0 wanted: grad needs a scalar loss and gets (batch,); take its mean or sum first
// error[clang]: {1, 0}
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
constexpr auto dW = grad(mean(cross_entropy(z, y)), W);
#else
constexpr auto dW = grad(cross_entropy(z, y), W);  // here
#endif
