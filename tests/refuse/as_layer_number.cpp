// SPDX-License-Identifier: BSL-1.0
// A number is no function.
// refuses: as_layer
// error: a number is no function: write as_layer([](auto x) { return ...; })
// error[clang]: as_layer takes a function that captures nothing
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
constexpr auto z = as_layer([](auto a) { return a + a; });
#else
constexpr auto z = as_layer(3);  // here
#endif
