// SPDX-License-Identifier: BSL-1.0
// Minus a layer.
// refuses: sub
// error: - takes an expression, the layer fc1 is given; write -fc1(x)
// error[clang]: - takes an expression, not a layer: call the layer, as in -layer(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = -fc(x);
#else
constexpr auto a = -fc;  // here
#endif
