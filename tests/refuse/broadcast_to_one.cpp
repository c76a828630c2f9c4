// SPDX-License-Identifier: BSL-1.0
// Ten numbers do not become one.
// refuses: broadcast, broadcast_to
// error: broadcast_to cannot stretch (10,) to the smaller (1,)
// error[clang]: {10, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = broadcast_to<1, 10>(b);
#else
constexpr auto z = broadcast_to<1>(b);  // here
#endif
