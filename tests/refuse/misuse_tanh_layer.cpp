// SPDX-License-Identifier: BSL-1.0
// The function tanh of a layer that was not called.
// refuses: tanh
// error: tanh takes an expression, the layer fc1 is given; write tanh(fc1(x))
// error[clang]: tanh takes an expression, not a layer: call the layer, as in tanh(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = tanh(fc(x));
#else
constexpr auto a = tanh(fc);  // here
#endif
constexpr auto more = a + 1;
