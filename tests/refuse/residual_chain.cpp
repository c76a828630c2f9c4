// SPDX-License-Identifier: BSL-1.0
// A residual block in a chain gives another width than it gets.
// refuses: residual
// error: 32 and 64 features differ: residual adds its input to the output of fc2; write linear<\"fc2\", 64, 64>
// error[clang]: {32, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto net = linear<"fc1", 8, 64> >> residual(linear<"fc2", 64, 64>);
#else
constexpr auto net = linear<"fc1", 8, 64> >> residual(linear<"fc2", 64, 32>);  // here
#endif
