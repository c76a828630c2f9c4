// SPDX-License-Identifier: BSL-1.0
// A network for 64 numbers gets 60.
// refuses: chain
// error: 64 features expected, 60 given: fc1 gets (batch, 60); write linear<\"fc1\", 60, 32> (layer 1 of 3)
// error[clang]: {64, 60}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 60>;
constexpr auto v = input<"v", batch, 64>;
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
#ifdef FIXED
constexpr auto z = net(v);
#else
constexpr auto z = net(x);  // here
#endif
