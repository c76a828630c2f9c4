// SPDX-License-Identifier: BSL-1.0
// A bracket that nobody opened.
#include <gradus/expr/reduce.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64, 64>;
constexpr auto y = sum<1>(x));
