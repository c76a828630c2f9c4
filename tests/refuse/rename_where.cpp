// SPDX-License-Identifier: BSL-1.0
// Two names in where.
// refuses: where
// error: hidden=10 and classes=10 are different names in the last dimension: where cannot combine
// error[clang]: the sizes are equal, the names of the dimensions are not
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto hidden = dim<"hidden", 10>;
constexpr auto classes = dim<"classes", 10>;
constexpr auto h = input<"h", batch, hidden>;
constexpr auto q = input<"q", batch, classes>;
#ifdef FIXED
constexpr auto a = where(h > 0, h, rename<"hidden">(q));
#else
constexpr auto a = where(h > 0, h, q);  // here
#endif
constexpr auto more = mean(a);
