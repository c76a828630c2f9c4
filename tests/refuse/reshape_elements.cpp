// SPDX-License-Identifier: BSL-1.0
// 64 numbers as 6 x 10.
// refuses: reshape
// error: 60 and 64 elements differ: reshape cannot turn (batch, 64) into (batch, 6, 10)
// error[clang]: {60, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 8, 8>(x);
#else
constexpr auto z = reshape<batch, 6, 10>(x);  // here
#endif
