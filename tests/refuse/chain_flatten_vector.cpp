// SPDX-License-Identifier: BSL-1.0
// flatten in a chain gets a vector.
// refuses: chain
// error: 2 dimensions wanted, 1 given:
// error: flatten keeps the first of (10,) and has nothing to flatten; write it without flatten (layer 2 of 2)
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c", 10>;
constexpr auto v = parameter<"v", 10, 8>;
constexpr auto net = relu >> flatten;
#ifdef FIXED
constexpr auto z = net(v);
#else
constexpr auto z = net(c);  // here
#endif
