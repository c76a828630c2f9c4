// SPDX-License-Identifier: BSL-1.0
// One number is not a score among others.
// refuses: log_softmax
// error: a scalar has no dimension -1: log_softmax<-1> of ()
// error[clang]: {-1, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = log_softmax(b);
#else
constexpr auto z = log_softmax(c);  // here
#endif
