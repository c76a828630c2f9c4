// SPDX-License-Identifier: BSL-1.0
// A bias of nine numbers for ten outputs.
// refuses: add
// error: 10 and 9 differ in the last dimension: add cannot combine (32, 10) and (9,)
// error[clang]: {10, 9}
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z0 = input<"z0", 32, 10>;
constexpr auto b = parameter<"b", 10>;
constexpr auto c = parameter<"c", 9>;
#ifdef FIXED
constexpr auto z = z0 + b;
#else
constexpr auto z = z0 + c;  // here
#endif
