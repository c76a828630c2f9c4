// SPDX-License-Identifier: BSL-1.0
// A function of a layer that was not called.
// refuses: softmax
// error: softmax takes an expression, the layer fc1 is given; write softmax(fc1(x))
// error[clang]: softmax takes an expression, not a layer: call the layer, as in softmax(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = softmax(fc(x));
#else
constexpr auto a = softmax(fc);  // here
#endif
constexpr auto more = a + 1;
