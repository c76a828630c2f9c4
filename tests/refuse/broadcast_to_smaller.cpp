// SPDX-License-Identifier: BSL-1.0
// Stretching to fewer dimensions.
// refuses: broadcast, broadcast_to
// error: broadcast_to cannot stretch (batch, 64) to the smaller (64,)
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = broadcast_to<3, batch, 64>(x);
#else
constexpr auto z = broadcast_to<64>(x);  // here
#endif
