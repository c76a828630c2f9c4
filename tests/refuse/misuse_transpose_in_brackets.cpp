// SPDX-License-Identifier: BSL-1.0
// transpose takes no dimensions.
// refuses: permute
// error: transpose takes 1 expression, 3 arguments are given: it swaps the last two dimensions; for others write permute<1, 0>(x)
// error[clang]: transpose takes one expression and swaps its last two dimensions
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = transpose(x);
#else
constexpr auto a = transpose(x, 0, 1);  // here
#endif
