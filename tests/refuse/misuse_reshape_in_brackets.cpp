// SPDX-License-Identifier: BSL-1.0
// Sizes in the wrong brackets.
// refuses: reshape
// error: reshape takes 1 expression, 4 arguments are given: dimensions stand in angle brackets; write reshape<2, 2>(x)
// error[clang]: reshape takes one expression, and dimensions in angle brackets
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = reshape<batch, 8, 8>(x);
#else
constexpr auto a = reshape(x, -1, 8, 8);  // here
#endif
constexpr auto more = exp(a) + 1;
