// SPDX-License-Identifier: BSL-1.0
// The batch stands last: its size is no number of features.
// refuses: linear
// error: 64 features expected, batch given: fc1 gets (64, batch)
// error[clang]: {64, -1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", 64, batch>;
constexpr auto v = input<"v", batch, 64>;
#ifdef FIXED
constexpr auto z = linear<"fc1", 64, 32>(v);
#else
constexpr auto z = linear<"fc1", 64, 32>(x);  // here
#endif
