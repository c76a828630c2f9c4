// SPDX-License-Identifier: BSL-1.0
// One name for two inputs.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64, 64>;
constexpr auto x = input<"x", 64, 10>;
