// SPDX-License-Identifier: BSL-1.0
// No exponent.
// refuses: pow
// error: pow takes 2 arguments, 1 is given; write pow<2>(x)
// error[clang]: pow takes two arguments; with one, write pow<2>(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = pow<2>(x);
#else
constexpr auto a = pow(x);  // here
#endif
