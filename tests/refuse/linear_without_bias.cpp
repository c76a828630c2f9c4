// SPDX-License-Identifier: BSL-1.0
// The layer that is suggested has no bias, as the one that was written.
// refuses: linear
// error: 60 features expected, 64 given: fc1 gets (batch, 64); write linear<\"fc1\", 64, 10, false>
// error[clang]: {60, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto z = linear<"fc1", 64, 10, false>(x);
#else
constexpr auto z = linear<"fc1", 60, 10, false>(x);  // here
#endif
