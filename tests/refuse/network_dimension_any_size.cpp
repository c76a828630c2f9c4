// SPDX-License-Identifier: BSL-1.0
// A named dimension whose size is known in one place only.
// refuses: graph_of
// error: any number and 32 are both called batch: in y (batch,) and in q (batch=32,); give one of the dimensions another name
// error[clang]: one name, two sizes: give one dimension another name
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
constexpr auto g = graph_of(sum(y) + sum(input<"q", batch>));
#else
constexpr auto g = graph_of(sum(y) + sum(input<"q", dim<"batch", 32>>));  // here
#endif
