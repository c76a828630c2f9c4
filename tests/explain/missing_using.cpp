// SPDX-License-Identifier: BSL-1.0
// A name without its namespace.
#include <gradus/expr/leaf.hpp>

constexpr auto x = input<"x", 4>;
