// SPDX-License-Identifier: BSL-1.0
// Two layers of one name and different sizes.
// refuses: graph_of
// error: 64 and 32 differ: fc1.weight is (10, 64) and (10, 32) in one network; two layers are called fc1, give one another name
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
constexpr auto v = input<"v", batch, 32>;
constexpr auto a = linear<"fc1", 64, 10>;
constexpr auto b = linear<"fc1", 32, 10>;
constexpr auto c = linear<"fc2", 32, 10>;
#ifdef FIXED
constexpr auto g = graph_of(sum(a(x)) + sum(c(v)));
#else
constexpr auto g = graph_of(sum(a(x)) + sum(b(v)));  // here
#endif
