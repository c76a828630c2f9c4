// SPDX-License-Identifier: BSL-1.0
// flatten of a layer that is not called.
// refuses: flatten
// error: fc is a layer, no expression: to put flatten behind it write fc >> flatten, or flatten(fc(x))
// error[clang]: this is no expression: a layer is called with one, as net(x)
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto z = flatten(fc(x));
#else
constexpr auto z = flatten(fc);  // here
#endif
