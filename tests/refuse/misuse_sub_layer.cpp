// SPDX-License-Identifier: BSL-1.0
// The layer on the left.
// refuses: sub
// error: sub cannot combine the layer relu and (batch, 64); a layer is called with an expression: write relu(x)
// error[clang]: - takes no layer: call the layer, as in layer(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = relu(x) - x;
#else
constexpr auto a = relu - x;  // here
#endif
