// SPDX-License-Identifier: BSL-1.0
// A size that only a running program knows: the compiler's own words.
// refuses: parameter
// error: the value of 'n' is not usable in a constant expression
// error[clang]: non-type template argument is not a constant expression
// lines: 9
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
const int n = 10;
const auto W = parameter<"W", n, 64>;
#else
int n = 10;
const auto W = parameter<"W", n, 64>;  // here
#endif
