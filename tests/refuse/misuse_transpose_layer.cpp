// SPDX-License-Identifier: BSL-1.0
// A function of a layer that was not called.
// refuses: permute
// error: transpose takes an expression, the layer fc1 is given; write transpose(fc1(x))
// error[clang]: transpose takes an expression, not a layer: call the layer, as in transpose(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = transpose(fc(x));
#else
constexpr auto a = transpose(fc);  // here
#endif
constexpr auto more = a + 1;
