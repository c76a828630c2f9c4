// SPDX-License-Identifier: BSL-1.0
// A layer's name without quotes, equal to the variable's.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto fc1 = linear<fc1, 64, 32>;
