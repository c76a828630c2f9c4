// SPDX-License-Identifier: BSL-1.0
// Equal sizes under two names; rename is the deliberate way.
// refuses: add
// error: are different names in the last dimension: add cannot combine (batch, hidden=10) and (batch, classes=10); write rename<\"hidden\">(b) if the same is meant
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
constexpr auto a = h + rename<"hidden">(q);
#else
constexpr auto a = h + q;  // here
#endif
constexpr auto more = mean(a);
