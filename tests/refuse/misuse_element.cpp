// SPDX-License-Identifier: BSL-1.0
// An element of an expression.
// refuses: []
// error: an element cannot be taken out of an expression; write the part that you need as an input of its own
// error[clang]: an expression has no [ ]
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto mask = input<"mask", 64>;
#ifdef FIXED
constexpr auto a = x * mask;
#else
constexpr auto a = x[0];  // here
#endif
