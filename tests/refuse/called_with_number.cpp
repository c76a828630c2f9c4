// SPDX-License-Identifier: BSL-1.0
// A number is given to a layer.
// refuses: linear
// error: a number is no expression: fc wants an input; write fc(x)
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
constexpr auto z = fc(x);
#else
constexpr auto z = fc(3);  // here
#endif
