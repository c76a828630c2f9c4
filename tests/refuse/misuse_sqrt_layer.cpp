// SPDX-License-Identifier: BSL-1.0
// The function sqrt of a layer that was not called.
// refuses: sqrt
// error: sqrt takes an expression, the layer fc1 is given; write sqrt(fc1(x))
// error[clang]: sqrt takes an expression, not a layer: call the layer, as in sqrt(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = sqrt(fc(x));
#else
constexpr auto a = sqrt(fc);  // here
#endif
constexpr auto more = a + 1;
