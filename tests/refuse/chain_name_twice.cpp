// SPDX-License-Identifier: BSL-1.0
// Two layers of one name and other sizes: their parameters would be the same.
// refuses: >>
// error: 64 and 32 features in two layers that are called fc1: they would share their parameters; call the second one \"fc1_2\"
// error[clang]: {64, 32}
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
constexpr auto z = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
#else
constexpr auto z = linear<"fc1", 64, 32> >> relu >> linear<"fc1", 32, 10>;  // here
#endif
