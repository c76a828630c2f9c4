// SPDX-License-Identifier: BSL-1.0
// log_softmax in a chain gets a scalar.
// refuses: chain
// error: a scalar has no dimension -1: log_softmax<-1> of () (layer 2 of 2)
// error[clang]: {-1, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto v = parameter<"v", 10>;
constexpr auto net = relu >> log_softmax;
#ifdef FIXED
constexpr auto z = net(v);
#else
constexpr auto z = net(c);  // here
#endif
