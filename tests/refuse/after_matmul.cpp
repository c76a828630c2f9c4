// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong product: they add no error.
// refuses: matmul
// error: inner sizes 64 and 60 differ: matmul cannot multiply (batch, 64) by (60, 10)
// error[clang]: {64, 60}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto W = parameter<"W", 10, 60>;
constexpr auto V = parameter<"V", 10, 64>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto z = matmul(x, transpose(V));
#else
constexpr auto z = matmul(x, transpose(W));  // here
#endif
constexpr auto h = relu(z);
constexpr auto p = softmax(h);
constexpr auto a = argmax(p);
constexpr auto l = cross_entropy(h + p, y);
constexpr auto r = where(a == y, 1, mean(l));
