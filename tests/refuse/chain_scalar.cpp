// SPDX-License-Identifier: BSL-1.0
// A network gets a scalar: the mean was taken too early.
// refuses: chain
// error: 64 features expected, a scalar given: fc1 gets (); write an input whose last dimension is 64 (layer 1 of 3)
// error[clang]: {64, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
#ifdef FIXED
constexpr auto z = mean(net(x));
#else
constexpr auto z = net(mean(x));  // here
#endif
