// SPDX-License-Identifier: BSL-1.0
// A layer that does not follow: the table of the network goes up to it.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto net = linear<"fc1", 64, 32>
                   >> relu
                   >> residual(linear<"same", 32, 32> >> tanh)
                   >> linear<"fc2", 64, 16>
                   >> linear<"fc3", 16, 10>;
