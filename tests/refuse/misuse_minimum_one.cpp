// SPDX-License-Identifier: BSL-1.0
// One operand.
// refuses: minimum
// error: minimum takes 2 arguments, 1 is given; write -max(-x)
// error[clang]: minimum takes two arguments; with one, write -max(-x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = -max(-x);
#else
constexpr auto a = minimum(x);  // here
#endif
