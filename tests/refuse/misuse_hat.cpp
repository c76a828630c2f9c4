// SPDX-License-Identifier: BSL-1.0
// ^ is not the power.
// refuses: pow
// error: ^ is not the power in C++; write pow<2>(x) or pow(x, y)
// error[clang]: ^ is not the power in C++; write pow<2>(x) or pow(x, y)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = pow<2>(x);
#else
constexpr auto a = x ^ 2;  // here
#endif
