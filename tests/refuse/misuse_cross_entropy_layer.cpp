// SPDX-License-Identifier: BSL-1.0
// A layer has no scores.
// refuses: cross_entropy
// error: cross_entropy takes 2 expressions, the layer fc1 and (batch,) are given; a layer is called with an expression: write fc1(x)
// error[clang]: cross_entropy takes no layer: call the layer, as in layer(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto a = cross_entropy(fc(x), y);
#else
constexpr auto a = cross_entropy(fc, y);  // here
#endif
