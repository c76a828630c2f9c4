// SPDX-License-Identifier: BSL-1.0
// One number has no largest place.
// refuses: argmax
// error: a scalar has no dimension -1: argmax<-1> of ()
// error[clang]: {-1, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = argmax(b);
#else
constexpr auto z = argmax(c);  // here
#endif
