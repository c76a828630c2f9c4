// SPDX-License-Identifier: BSL-1.0
// Equal sizes with different names: the names are bold, and numbers nowhere.
// red: add
// card: **hidden=10** and **classes=10** are different names
// grey: exp
#include <gradus/expr/elementwise.hpp>
using namespace gradus;

constexpr auto z = exp(input<"h", 3, dim<"hidden", 10>> + input<"c", 3, dim<"classes", 10>>);
