// SPDX-License-Identifier: BSL-1.0
// sigmoid of a layer that is not called.
// refuses: sigmoid
// error: fc is a layer, no expression: to put sigmoid behind it write fc >> sigmoid, or sigmoid(fc(x))
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
constexpr auto z = sigmoid(fc(x));
#else
constexpr auto z = sigmoid(fc);  // here
#endif
