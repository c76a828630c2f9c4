// SPDX-License-Identifier: BSL-1.0
// Inner sizes that are equal, of dimensions with different names.
// refuses: matmul
// error: inner names pixels=16 and hidden=16 differ: matmul cannot multiply (batch, pixels=16) by (hidden=16, 10)
// error[clang]: {16, 16}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto hidden = dim<"hidden", 16>;
constexpr auto pixels = dim<"pixels", 16>;
constexpr auto x = input<"x", batch, pixels>;
constexpr auto W = parameter<"W", hidden, 10>;
constexpr auto V = parameter<"V", pixels, 10>;
#ifdef FIXED
constexpr auto z = matmul(x, V);
#else
constexpr auto z = matmul(x, W);  // here
#endif
