// SPDX-License-Identifier: BSL-1.0
// The product, element by element, of rows of 5 and of 8 numbers.
// refuses: mul
// error: 5 and 8 differ in the last dimension: mul cannot combine (batch, 5) and (batch, 8)
// error[clang]: {5, 8}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 5>;
constexpr auto u = input<"u", batch, 8>;
constexpr auto v = input<"v", batch, 5>;
#ifdef FIXED
constexpr auto z = x * v;
#else
constexpr auto z = x * u;  // here
#endif
