// SPDX-License-Identifier: BSL-1.0
// A parameter has a name.
// refuses: parameter
// error: use of invalid variable template 'parameter<"", 10, 64>'
// error: Name.view().size() > 0
// error[clang]: does not satisfy 'NotEmpty'
// lines: 11
// lines[clang]: 12
#include <gradus/expr/leaf.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto W = parameter<"W", 10, 64>;
#else
constexpr auto W = parameter<"", 10, 64>;  // here
#endif
