// SPDX-License-Identifier: BSL-1.0
// The layer inside does not take the input.
// refuses: residual
// error: 64 features expected, 60 given: fc1 gets (batch, 60); write linear<\"fc1\", 60, 64>
// error[clang]: {64, 60}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 60>;
#ifdef FIXED
constexpr auto z = residual(linear<"fc1", 60, 60>)(x);
#else
constexpr auto z = residual(linear<"fc1", 64, 64>)(x);  // here
#endif
