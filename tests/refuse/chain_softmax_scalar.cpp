// SPDX-License-Identifier: BSL-1.0
// softmax in a chain gets a scalar.
// refuses: chain
// error: a scalar has no dimension -1: softmax<-1> of () (layer 2 of 2)
// error[clang]: {-1, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto v = parameter<"v", 10>;
constexpr auto net = relu >> softmax_layer{};
#ifdef FIXED
constexpr auto z = net(v);
#else
constexpr auto z = net(c);  // here
#endif
