// SPDX-License-Identifier: BSL-1.0
// relu is a layer and a function of an expression, a number is none.
// refuses: relu
// error: a number is no expression: relu wants an input; write relu(x)
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
constexpr auto z = relu(x);
#else
constexpr auto z = relu(3);  // here
#endif
