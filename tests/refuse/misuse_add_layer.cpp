// SPDX-License-Identifier: BSL-1.0
// A layer is no operand, its result is.
// refuses: add
// error: add cannot combine (batch, 64) and the layer fc1; a layer is called with an expression: write fc1(x)
// error[clang]: + takes no layer: call the layer, as in layer(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 64>;
#ifdef FIXED
constexpr auto a = x + fc(x);
#else
constexpr auto a = x + fc;  // here
#endif
constexpr auto more = exp(a) + 1;
