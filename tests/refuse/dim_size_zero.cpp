// SPDX-License-Identifier: BSL-1.0
// A dimension has at least one element.
// refuses: dim
// error: use of invalid variable template 'dim<"hidden", 0>'
// error: 'Size != 0 [with Size = 0]' evaluated to 'false'
// lines: 16
#include <gradus/expr/leaf.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto hidden = dim<"hidden", 1>;
#else
constexpr auto hidden = dim<"hidden", 0>;  // here
#endif
