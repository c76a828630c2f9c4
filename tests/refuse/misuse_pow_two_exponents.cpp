// SPDX-License-Identifier: BSL-1.0
// Two exponents.
// refuses: pow
// error: pow has one exponent, in angle brackets or as the second argument; write pow<2>(x) or pow(x, y)
// error[clang]: pow has one exponent
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = pow<2>(x);
#else
constexpr auto a = pow<2>(x, 3);  // here
#endif
