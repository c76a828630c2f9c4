// SPDX-License-Identifier: BSL-1.0
// The second factor is missing.
// refuses: matmul
// error: matmul takes 2 arguments, 1 is given; write matmul(x, transpose(W))
// error[clang]: matmul takes two expressions: matmul(x, transpose(W))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto W = parameter<"W", 10, 64>;
#ifdef FIXED
constexpr auto a = matmul(x, transpose(W));
#else
constexpr auto a = matmul(x);  // here
#endif
