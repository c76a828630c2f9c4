// SPDX-License-Identifier: BSL-1.0
// Ten hidden units and ten classes: equal sizes, different names.
// refuses: add
// error: hidden=10 and classes=10 are different names in the last dimension:
// error: add cannot combine (batch, hidden=10) and (batch, classes=10)
// error[clang]: {10, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto hidden = dim<"hidden", 10>;
constexpr auto classes = dim<"classes", 10>;
constexpr auto h = input<"h", batch, hidden>;
constexpr auto y = input<"y", batch, classes>;
#ifdef FIXED
constexpr auto z = h + h;
#else
constexpr auto z = h + y;  // here
#endif
