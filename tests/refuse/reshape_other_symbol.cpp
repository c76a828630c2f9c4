// SPDX-License-Identifier: BSL-1.0
// The batch becomes the time.
// refuses: reshape
// error: the symbolic dimensions differ: reshape cannot turn (batch, 64) into (time, 64)
// error[clang]: {64, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto time = dim<"time">;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 8, 8>(x);
#else
constexpr auto z = reshape<time, 64>(x);  // here
#endif
