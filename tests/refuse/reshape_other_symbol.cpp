// SPDX-License-Identifier: BSL-1.0
// The batch becomes the time.
// refuses: reshape
// error: the symbolic dimensions differ: reshape cannot turn (batch, 64) into (time, 64)
// error[clang]: sizes = {64, 0}
// error[clang]: (64 == 0) evaluated to false
// lines: 8
// lines[clang]: 30
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto time = dim<"time">;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 8, 8>(x);
#else
constexpr auto z = reshape<time, 64>(x);  // here
#endif
