// SPDX-License-Identifier: BSL-1.0
// A chain is given to a chain.
// refuses: chain
// error: a chain of 2 layers is a layer, no expression: to put net behind it write net >> net, or net(net(x))
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
constexpr auto z = (fc >> fc2)((fc >> relu)(x));
#else
constexpr auto z = (fc >> fc2)(fc >> relu);  // here
#endif
