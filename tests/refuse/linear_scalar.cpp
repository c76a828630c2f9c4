// SPDX-License-Identifier: BSL-1.0
// A layer gets a scalar.
// refuses: linear
// error: 64 features expected, a scalar given: fc1 gets ()
// error[clang]: {64, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto v = parameter<"v", 64>;
#ifdef FIXED
constexpr auto z = linear<"fc1", 64, 32>(v);
#else
constexpr auto z = linear<"fc1", 64, 32>(c);  // here
#endif
