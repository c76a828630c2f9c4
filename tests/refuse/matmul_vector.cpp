// SPDX-License-Identifier: BSL-1.0
// A vector on the right is a column.
// refuses: matmul
// error: inner sizes 64 and 10 differ: matmul cannot multiply (batch, 64) by (10,)
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto u = parameter<"u", 10>;
constexpr auto v = parameter<"v", 64>;
#ifdef FIXED
constexpr auto z = matmul(x, v);
#else
constexpr auto z = matmul(x, u);  // here
#endif
