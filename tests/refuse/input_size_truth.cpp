// SPDX-License-Identifier: BSL-1.0
// A truth value is no size.
// refuses: input
// error: is unavailable: a dimension is a whole number, dim<"batch"> or dim<"classes", 10>: write input<"x", 64>
// error[clang]: is unavailable: a dimension is a whole number, dim<"batch"> or dim<"classes", 10>: write input<"x", 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto x = input<"x", 1>;
#else
constexpr auto x = input<"x", true>;  // here
#endif
