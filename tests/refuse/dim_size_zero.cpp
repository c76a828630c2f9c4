// SPDX-License-Identifier: BSL-1.0
// A dimension has at least one element; an input that is made of the wrong one adds no error.
// refuses: dim
// error: is unavailable: a dimension has at least 1 element: write dim<"classes", 10>, or dim<"batch"> where the size is known only when the program runs
// error[clang]: is unavailable: a dimension has at least 1 element: write dim<"classes", 10>, or dim<"batch"> where the size is known only when the program runs
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto hidden = dim<"hidden", 1>;
#else
constexpr auto hidden = dim<"hidden", 0>;  // here
#endif
constexpr auto x = input<"x", hidden>;
constexpr auto z = x + 1;
