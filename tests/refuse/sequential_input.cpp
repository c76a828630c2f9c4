// SPDX-License-Identifier: BSL-1.0
// A network made by sequential gets the wrong width.
// refuses: sequential
// error: 64 features expected, 60 given: fc1 gets (batch, 60); write linear<\"fc1\", 60, 32> (layer 1 of 2)
// error[clang]: {64, 60}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 60>;
#ifdef FIXED
constexpr auto z = sequential(linear<"fc1", 60, 32>, relu)(x);
#else
constexpr auto z = sequential(linear<"fc1", 64, 32>, relu)(x);  // here
#endif
