// SPDX-License-Identifier: BSL-1.0
// A scalar has no dimension 0.
// refuses: sum
// error: dimension 0 of 0 does not exist: sum<0> of ()
// error[clang]: {0, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
#ifdef FIXED
constexpr auto z = sum(c);
#else
constexpr auto z = sum<0>(c);  // here
#endif
