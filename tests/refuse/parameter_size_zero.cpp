// SPDX-License-Identifier: BSL-1.0
// A parameter of no elements.
// refuses: parameter
// error: is unavailable: a dimension has at least 1 element: write parameter<"W", 1>, or parameter<"W"> for a scalar
// error[clang]: is unavailable: a dimension has at least 1 element: write parameter<"W", 1>, or parameter<"W"> for a scalar
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto W = parameter<"W", 1, 64>;
#else
constexpr auto W = parameter<"W", 0, 64>;  // here
#endif
