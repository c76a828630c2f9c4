// SPDX-License-Identifier: BSL-1.0
// A layer without its name and sizes.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear;
