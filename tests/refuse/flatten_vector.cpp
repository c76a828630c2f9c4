// SPDX-License-Identifier: BSL-1.0
// A vector has nothing but its first dimension.
// refuses: flatten
// error: 2 dimensions wanted, 1 given: flatten keeps the first of (10,) and has nothing to flatten
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto b = parameter<"b", 10>;
constexpr auto x = input<"x", 10, 8, 8>;
#ifdef FIXED
constexpr auto z = flatten(x);
#else
constexpr auto z = flatten(b);  // here
#endif
