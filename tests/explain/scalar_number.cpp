// SPDX-License-Identifier: BSL-1.0
// A number where an expression belongs.
#include <gradus/expr/reduce.hpp>
using namespace gradus;

constexpr auto l = sum(3.0);
