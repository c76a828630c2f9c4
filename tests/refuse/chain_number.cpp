// SPDX-License-Identifier: BSL-1.0
// A number in a chain.
// refuses: >>
// error: a number is no layer: >> takes layers
// error[clang]: this is no layer: a chain takes layers, functions only inside as_layer(...)
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
constexpr auto z = fc >> fc2;
#else
constexpr auto z = fc >> 3;  // here
#endif
