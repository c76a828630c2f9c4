// SPDX-License-Identifier: BSL-1.0
// C++'s own "not".
// refuses: !
// error: ! needs a truth value, an expression has numbers, and only when the program runs; write 1 - a for the opposite of a comparison
// error[clang]: ! needs a truth value
// lines: 8
// lines[clang]: 14
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = 1 - (x > 0);
#else
constexpr auto a = !(x > 0);  // here
#endif
constexpr auto more = exp(a) + 1;
