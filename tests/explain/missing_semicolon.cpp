// SPDX-License-Identifier: BSL-1.0
// The gap is at the end of a line, and the compiler may say so only in the next.
#include <gradus/expr/leaf.hpp>
using namespace gradus;

constexpr auto x = input<"x", 4>  // four numbers

constexpr auto y = input<"y", 4>;
