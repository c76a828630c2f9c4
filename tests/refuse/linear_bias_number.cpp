// SPDX-License-Identifier: BSL-1.0
// A number where it says whether there is a bias.
// refuses: linear
// error: behind the two sizes stands whether there is a bias, true or false: write linear<"fc1", 64, 10, false>
// error[clang]: behind the two sizes stands whether there is a bias, true or false: write linear<"fc1", 64, 10, false>
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
constexpr auto z = linear<"fc1", 64, 10, false>;
#else
constexpr auto z = linear<"fc1", 64, 10, 3>;  // here
#endif
