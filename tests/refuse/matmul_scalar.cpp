// SPDX-License-Identifier: BSL-1.0
// A scalar is not a matrix: it multiplies with *.
// refuses: matmul
// error: a scalar has no inner size: matmul cannot multiply (batch, 64) by (); write a * b
// error[clang]: {2, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto c = parameter<"c">;
#ifdef FIXED
constexpr auto z = x * c;
#else
constexpr auto z = matmul(x, c);  // here
#endif
