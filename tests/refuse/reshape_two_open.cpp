// SPDX-License-Identifier: BSL-1.0
// Two sizes to be worked out: only one can be.
// refuses: reshape
// error: 2 sizes are left open, 1 can be: reshape cannot turn (batch, 64) into (batch, -1, -1)
// error[clang]: {1, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 8, -1>(x);
#else
constexpr auto z = reshape<batch, -1, -1>(x);  // here
#endif
