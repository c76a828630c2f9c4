// SPDX-License-Identifier: BSL-1.0
// The graph of a number.
// refuses: graph_of
// error: graph_of takes expressions, a number is given; write graph_of(loss, grad(loss, W))
// error[clang]: graph_of takes expressions, and this is none
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
constexpr auto g = graph_of(loss);
#else
constexpr auto g = graph_of(3);  // here
#endif
