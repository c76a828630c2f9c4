// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong gradient: they add no error.
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
constexpr auto each = cross_entropy(z, y);
#ifdef FIXED
constexpr auto dW = grad(mean(each), W);
#else
constexpr auto dW = grad(each, W);  // here
#endif
constexpr auto W2 = W - 0.1f * dW;
constexpr auto norm = sqrt(sum(dW * dW));
constexpr auto second = grad(norm, W);
constexpr auto z2 = matmul(x, transpose(W2));
constexpr auto n = written_graph_of(x).size();
