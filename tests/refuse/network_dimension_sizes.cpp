// SPDX-License-Identifier: BSL-1.0
// A named dimension of two sizes.
// refuses: graph_of
// error: 10 and 5 are both called classes: in p (classes=10,) and in q (classes=5,); give one of the dimensions another name
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
constexpr auto p = input<"p", dim<"classes", 10>>;
#ifdef FIXED
constexpr auto g = graph_of(sum(p) + sum(input<"q", dim<"groups", 5>>));
#else
constexpr auto g = graph_of(sum(p) + sum(input<"q", dim<"classes", 5>>));  // here
#endif
