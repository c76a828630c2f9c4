// SPDX-License-Identifier: BSL-1.0
// A dimension that does not exist, and a reduction above it.
// red: sum
// card: dimension 2 of 2 does not exist
// grey: where, max
#include <gradus/expr/reduce.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto z = max<0>(where(x > 0, sum<2>(x), 0.5));
