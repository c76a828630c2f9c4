// SPDX-License-Identifier: BSL-1.0
// A closing > is missing before >>.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto net = linear<"fc1", 64, 32 >> relu;
