// SPDX-License-Identifier: BSL-1.0
// A vector on the left is a row.
// refuses: matmul
// error: inner sizes 64 and 10 differ: matmul cannot multiply (64,) by (10, 64)
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto W = parameter<"W", 10, 64>;
constexpr auto u = parameter<"u", 64>;
constexpr auto v = parameter<"v", 10>;
#ifdef FIXED
constexpr auto z = matmul(v, W);
#else
constexpr auto z = matmul(u, W);  // here
#endif
