// SPDX-License-Identifier: BSL-1.0
// Widths compared with heights: equal sizes, different names.
// refuses: less
// error: width=8 and height=8 are different names in the last dimension: less cannot combine (width=8,) and (height=8,)
// error[clang]: {8, 8}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto width = dim<"width", 8>;
constexpr auto height = dim<"height", 8>;
constexpr auto x = input<"x", width>;
constexpr auto u = input<"u", height>;
constexpr auto v = input<"v", width>;
#ifdef FIXED
constexpr auto z = x < v;
#else
constexpr auto z = x < u;  // here
#endif
