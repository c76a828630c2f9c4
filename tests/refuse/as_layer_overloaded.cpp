// SPDX-License-Identifier: BSL-1.0
// A function with several forms.
// refuses: as_layer
// error: a function with several forms is given: write as_layer([](auto x) { return f(x); })
// error[clang]: a function with several forms is given
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
constexpr auto z = as_layer([](auto a) { return softmax(a); });
#else
constexpr auto z = as_layer(softmax);  // here
#endif
