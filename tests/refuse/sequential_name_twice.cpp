// SPDX-License-Identifier: BSL-1.0
// Two layers of one name and other sizes, in sequential.
// refuses: sequential
// error: 64 and 10 features in two layers that are called fc: they would share their parameters
// error[clang]: {64, 10}
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
constexpr auto z = sequential(fc, relu, linear<"fc2", 64, 10>);
#else
constexpr auto z = sequential(fc, relu, linear<"fc", 64, 10>);  // here
#endif
