// SPDX-License-Identifier: BSL-1.0
// A mask over time steps for features: equal sizes, different names.
// refuses: mul
// error: features=16 and steps=16 are different names in the last dimension:
// error: mul cannot combine (8, features=16) and (steps=16,)
// error[clang]: {16, 16}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto features = dim<"features", 16>;
constexpr auto steps = dim<"steps", 16>;
constexpr auto x = input<"x", 8, features>;
constexpr auto u = input<"u", steps>;
constexpr auto v = input<"v", features>;
#ifdef FIXED
constexpr auto z = x * v;
#else
constexpr auto z = x * u;  // here
#endif
