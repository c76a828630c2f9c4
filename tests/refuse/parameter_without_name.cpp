// SPDX-License-Identifier: BSL-1.0
// A parameter has a name.
// refuses: parameter
// error: is unavailable: a parameter has a name, which stands first: write parameter<"W", 10, 64>
// error[clang]: is unavailable: a parameter has a name, which stands first: write parameter<"W", 10, 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto W = parameter<"W", 10, 64>;
#else
constexpr auto W = parameter<"", 10, 64>;  // here
#endif
constexpr auto z = W + 1;
