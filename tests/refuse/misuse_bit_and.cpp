// SPDX-License-Identifier: BSL-1.0
// & of two comparisons, as in NumPy.
// refuses: &
// error: & is no operation of expressions; write a * b for both of two comparisons
// error[clang]: & is no operation of expressions
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = (x > 0) * (x < 1);
#else
constexpr auto a = (x > 0) & (x < 1);  // here
#endif
