// SPDX-License-Identifier: BSL-1.0
// One dimension twice, as 1 and as -1.
// refuses: max
// error: dimension -1 is named twice: max<1, -1> of (batch, 64)
// error[clang]: {-1, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = max<0, -1>(x);
#else
constexpr auto z = max<1, -1>(x);  // here
#endif
