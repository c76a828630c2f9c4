// SPDX-License-Identifier: BSL-1.0
// A number is no matrix.
// refuses: matmul
// error: matmul takes 2 expressions, a number and (batch, 64) are given; write x * 2
// error[clang]: matmul takes 2 expressions, and this is none
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = x * 2;
#else
constexpr auto a = matmul(2, x);  // here
#endif
