// SPDX-License-Identifier: BSL-1.0
// A scalar has no dimension 0.
// refuses: sum
// error: a scalar has no dimension 0: sum<0> of ()
// error[clang]: a scalar has no dimension for this
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
