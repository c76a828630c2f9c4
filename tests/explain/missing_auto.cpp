// SPDX-License-Identifier: BSL-1.0
// A declaration without auto.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr x = input<"x", 64, 64>;
