// SPDX-License-Identifier: BSL-1.0
// A dimension without elements.
#include <gradus/expr/leaf.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 0>;
