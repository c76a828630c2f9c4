// SPDX-License-Identifier: BSL-1.0
// A closing > is missing at the end.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto fc1 = linear<"fc1", 64, 32;
