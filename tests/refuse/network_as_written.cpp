// SPDX-License-Identifier: BSL-1.0
// The graph as it was written is checked, too.
// refuses: written_graph_of
// error: 64 and 32 differ: W is (10, 64) and (10, 32) in one network; give one of them another name
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
constexpr auto g = written_graph_of(loss, parameter<"V", 10, 32>);
#else
constexpr auto g = written_graph_of(loss, parameter<"W", 10, 32>);  // here
#endif
