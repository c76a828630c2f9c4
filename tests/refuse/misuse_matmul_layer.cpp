// SPDX-License-Identifier: BSL-1.0
// A layer is no matrix.
// refuses: matmul
// error: matmul takes 2 expressions, the layer fc1 and (batch, 64) are given; a layer is called with an expression: write fc1(x)
// error[clang]: matmul takes no layer: call the layer, as in layer(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = fc(x);
#else
constexpr auto a = matmul(fc, x);  // here
#endif
constexpr auto more = exp(a) + 1;
