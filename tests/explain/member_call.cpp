// SPDX-License-Identifier: BSL-1.0
// A function called as other libraries write it, x.relu().
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64, 64>;
constexpr auto y = x.relu();
