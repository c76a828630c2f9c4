// SPDX-License-Identifier: BSL-1.0
// The return is forgotten.
// refuses: as_layer
// error: the function of block returns nothing, no expression
// error[clang]: the function of a layer returns an expression, and this one does not
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
constexpr auto z = as_layer<"block">([](auto a) { (void)(a + a); })(x);  // here
#endif
