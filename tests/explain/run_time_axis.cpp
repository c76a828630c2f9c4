// SPDX-License-Identifier: BSL-1.0
// The same in a call, where no overload takes it.
#include <gradus/expr/reduce.hpp>
using namespace gradus;

constexpr auto x = input<"x", 4, 4>;
auto column(int axis) { return sum<axis>(x); }
