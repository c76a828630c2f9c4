// SPDX-License-Identifier: BSL-1.0
// A function in a chain.
// refuses: >>
// error: a function is no layer: >> takes layers; write as_layer([](auto x) { return ...; }) around the function
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
constexpr auto z = fc >> as_layer([](auto a) { return a + a; });
#else
constexpr auto z = fc >> [](auto a) { return a + a; };  // here
#endif
