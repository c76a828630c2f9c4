// SPDX-License-Identifier: BSL-1.0
// The weights as linear keeps them, (out_features, in_features), without transpose.
// refuses: matmul
// error: inner sizes 64 and 10 differ: matmul cannot multiply (batch, 64) by (10, 64); write matmul(a, transpose(b))
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto W = parameter<"W", 10, 64>;
#ifdef FIXED
constexpr auto z = matmul(x, transpose(W));
#else
constexpr auto z = matmul(x, W);  // here
#endif
