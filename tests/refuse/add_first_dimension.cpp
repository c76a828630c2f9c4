// SPDX-License-Identifier: BSL-1.0
// The faulty dimension is the first of three.
// refuses: add
// error: 3 and 2 differ in dimension 0: add cannot combine (3, 8, 4) and (2, 8, 4)
// error[clang]: {3, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 3, 8, 4>;
constexpr auto u = input<"u", 2, 8, 4>;
constexpr auto v = input<"v", 3, 8, 4>;
#ifdef FIXED
constexpr auto z = x + v;
#else
constexpr auto z = x + u;  // here
#endif
