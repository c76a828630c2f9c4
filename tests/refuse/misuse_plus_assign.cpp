// SPDX-License-Identifier: BSL-1.0
// An expression does not change, so it has no +=.
// refuses: +=
// error: += changes a variable, an expression never changes; write auto z = x + y
// error[clang]: += changes a variable, an expression never changes
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = x + 1;
#else
constexpr auto a = x += 1;  // here
#endif
