// SPDX-License-Identifier: BSL-1.0
// The function exp of a layer that was not called.
// refuses: exp
// error: exp takes an expression, the layer fc1 is given; write exp(fc1(x))
// error[clang]: exp takes an expression, not a layer: call the layer, as in exp(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = exp(fc(x));
#else
constexpr auto a = exp(fc);  // here
#endif
constexpr auto more = a + 1;
