// SPDX-License-Identifier: BSL-1.0
// The function wants two expressions.
// refuses: as_layer
// error: the function of block cannot be called with 1 expression; write as_layer([](auto x) { ... })
// error[clang]: the function of a layer takes 1 expression
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
constexpr auto z = as_layer<"block">([](auto a) { return a + a; })(x);
#else
constexpr auto z = as_layer<"block">([](auto a, auto b) { return a + b; })(x);  // here
#endif
