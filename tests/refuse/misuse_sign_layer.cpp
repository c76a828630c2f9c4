// SPDX-License-Identifier: BSL-1.0
// The function sign of a layer that was not called.
// refuses: sign
// error: sign takes an expression, the layer fc1 is given; write sign(fc1(x))
// error[clang]: sign takes an expression, not a layer: call the layer, as in sign(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = sign(fc(x));
#else
constexpr auto a = sign(fc);  // here
#endif
constexpr auto more = a + 1;
