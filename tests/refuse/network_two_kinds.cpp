// SPDX-License-Identifier: BSL-1.0
// An input and a parameter of one name.
// refuses: graph_of
// error: x is an input and a parameter in one network; give one of them another name
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
constexpr auto g = graph_of(loss + sum(parameter<"b", 64>));
#else
constexpr auto g = graph_of(loss + sum(parameter<"x", 64>));  // here
#endif
