// SPDX-License-Identifier: BSL-1.0
// The function log of a layer that was not called.
// refuses: log
// error: log takes an expression, the layer fc1 is given; write log(fc1(x))
// error[clang]: log takes an expression, not a layer: call the layer, as in log(layer(x))
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = log(fc(x));
#else
constexpr auto a = log(fc);  // here
#endif
constexpr auto more = a + 1;
