// SPDX-License-Identifier: BSL-1.0
// A batch of any size and one of 32: they are equal only by luck.
// refuses: add
// error: batch and 32 differ in dimension 0: add cannot combine (batch, 10) and (32, 10)
// error[clang]: {-1, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 10>;
constexpr auto u = input<"u", 32, 10>;
constexpr auto v = input<"v", batch, 10>;
#ifdef FIXED
constexpr auto z = x + v;
#else
constexpr auto z = x + u;  // here
#endif
