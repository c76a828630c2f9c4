// SPDX-License-Identifier: BSL-1.0
// One input with two names for its dimension.
// refuses: graph_of
// error: the names of dimensions differ: y is (batch,) and (rows,) in one network; give one of them another name
// error[clang]: one name stands for two leaves: rename one of them
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
constexpr auto g = graph_of(loss, sum(input<"y", batch>));
#else
constexpr auto g = graph_of(loss, sum(input<"y", dim<"rows">>));  // here
#endif
