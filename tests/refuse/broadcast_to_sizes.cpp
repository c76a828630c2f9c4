// SPDX-License-Identifier: BSL-1.0
// A bias of 10 stretched to rows of 64.
// refuses: broadcast, broadcast_to
// error: 10 and 64 differ in the last dimension: broadcast_to cannot combine (10,) and (batch, 64)
// error[clang]: {10, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = broadcast_to<batch, 10>(b);
#else
constexpr auto z = broadcast_to<batch, 64>(b);  // here
#endif
