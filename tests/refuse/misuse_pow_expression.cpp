// SPDX-License-Identifier: BSL-1.0
// An expression in angle brackets.
// refuses: pow
// error: the exponent in angle brackets is a number; of an expression write pow(x, y)
// error[clang]: the exponent in angle brackets is a number: of an expression write pow(x, y)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = pow(x, x);
#else
constexpr auto a = pow<x>(x);  // here
#endif
