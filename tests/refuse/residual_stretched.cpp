// SPDX-License-Identifier: BSL-1.0
// f gives one number: stretched to 64 it would fit, so it is refused.
// refuses: residual
// error: 1 and 64 features differ: residual adds its input to the output of fc1; write linear<\"fc1\", 64, 64>
// error[clang]: {1, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = residual(linear<"fc1", 64, 64>)(x);
#else
constexpr auto z = residual(linear<"fc1", 64, 1>)(x);  // here
#endif
