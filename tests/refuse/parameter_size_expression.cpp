// SPDX-License-Identifier: BSL-1.0
// An expression where a size belongs.
// refuses: parameter
// error: is unavailable: a dimension is a whole number, dim<"batch"> or dim<"classes", 10>: write parameter<"W", 10, 64>
// error[clang]: is unavailable: a dimension is a whole number, dim<"batch"> or dim<"classes", 10>: write parameter<"W", 10, 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64>;
#ifdef FIXED
constexpr auto W = parameter<"W", 10, 64>;
#else
constexpr auto W = parameter<"W", 10, x>;  // here
#endif
