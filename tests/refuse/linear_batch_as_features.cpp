// SPDX-License-Identifier: BSL-1.0
// The number of features is a number: the batch is known only when the program runs.
// refuses: linear
// error: features are counted while compiling, this size is known only when the program runs: write linear<"fc1", 64, 10>
// error[clang]: features are counted while compiling, this size is known only when the program runs: write linear<"fc1", 64, 10>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
#ifdef FIXED
constexpr auto fc = linear<"fc1", 64, 10>;
#else
constexpr auto fc = linear<"fc1", batch, 10>;  // here
#endif
