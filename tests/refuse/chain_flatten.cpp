// SPDX-License-Identifier: BSL-1.0
// How wide flatten makes it is known when the input is: 8 x 8 pixels are 64, not 60.
// refuses: chain
// error: 60 features expected, 64 given: fc1 gets (batch, 64); write linear<\"fc1\", 64, 10> (layer 2 of 2)
// error[clang]: {60, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 8>;
#ifdef FIXED
constexpr auto z = (flatten >> linear<"fc1", 64, 10>)(x);
#else
constexpr auto z = (flatten >> linear<"fc1", 60, 10>)(x);  // here
#endif
