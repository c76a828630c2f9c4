// SPDX-License-Identifier: BSL-1.0
// The graph of a layer that has no input yet.
// refuses: graph_of
// error: graph_of takes expressions, the layer fc1 is given; write graph_of(fc1(x))
// error[clang]: graph_of takes expressions, not a layer
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
constexpr auto fc1 = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto g = graph_of(fc1(x));
#else
constexpr auto g = graph_of(fc1);  // here
#endif
