// SPDX-License-Identifier: BSL-1.0
// A size with a fraction. clang 14 does not take fractions as template arguments at all.
// refuses: input
// error: is unavailable: a dimension is a whole number, dim<"batch"> or dim<"classes", 10>: write input<"x", 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto x = input<"x", 2>;
#else
constexpr auto x = input<"x", 2.5>;  // here
#endif
