// SPDX-License-Identifier: BSL-1.0
// One operand.
// refuses: maximum
// error: maximum takes 2 arguments, 1 is given; write max(x)
// error[clang]: maximum takes two arguments; with one, write max(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = max(x);
#else
constexpr auto a = maximum(x);  // here
#endif
