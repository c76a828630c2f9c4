// SPDX-License-Identifier: BSL-1.0
// A negative number of features.
// refuses: linear
// error: a linear layer gets and gives at least 1 feature: write linear<"fc1", 64, 10>
// error[clang]: a linear layer gets and gives at least 1 feature: write linear<"fc1", 64, 10>
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
constexpr auto z = linear<"fc1", 64, 10>;
#else
constexpr auto z = linear<"fc1", 64, -10>;  // here
#endif
