// SPDX-License-Identifier: BSL-1.0
// An axis in round brackets, as other libraries write it.
#include <gradus/expr/reduce.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64, 64>;
constexpr auto y = sum(x, 1);
