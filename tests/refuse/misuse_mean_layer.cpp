// SPDX-License-Identifier: BSL-1.0
// A function of a layer that was not called.
// refuses: mean
// error: mean takes an expression, the layer fc1 is given; write mean(fc1(x))
// error[clang]: mean takes an expression, not a layer: call the layer, as in mean(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = mean(fc(x));
#else
constexpr auto a = mean(fc);  // here
#endif
constexpr auto more = a + 1;
