// SPDX-License-Identifier: BSL-1.0
// The function abs of a layer that was not called.
// refuses: abs
// error: abs takes an expression, the layer fc1 is given; write abs(fc1(x))
// error[clang]: abs takes an expression, not a layer: call the layer, as in abs(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = abs(fc(x));
#else
constexpr auto a = abs(fc);  // here
#endif
constexpr auto more = a + 1;
