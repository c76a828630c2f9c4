// SPDX-License-Identifier: BSL-1.0
// A parameter that only decides.
// refuses: grad
// error: no gradient reaches W (10, 64): where stops it, being flat in its condition
// error[clang]: no gradient gets there: an operation on the way is flat
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
constexpr auto d = grad(sum(where(z > 0, z, 2)), W);
#else
constexpr auto d = grad(sum(where(z > 0, 1, 2)), W);  // here
#endif
