// SPDX-License-Identifier: BSL-1.0
// A function of a layer that was not called.
// refuses: sum
// error: sum takes an expression, the layer fc1 is given; write sum(fc1(x))
// error[clang]: sum takes an expression, not a layer: call the layer, as in sum(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = sum<0>(fc(x));
#else
constexpr auto a = sum<0>(fc);  // here
#endif
constexpr auto more = a + 1;
