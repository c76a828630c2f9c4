// SPDX-License-Identifier: BSL-1.0
// A layer is a layer already.
// refuses: as_layer
// error: fc is a layer already: write it without as_layer
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
constexpr auto z = fc;
#else
constexpr auto z = as_layer(fc);  // here
#endif
