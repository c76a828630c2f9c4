// SPDX-License-Identifier: BSL-1.0
// Chains of chains, declared apart: the table opens them, and has the line of each.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto front = linear<"fc1", 64, 32> >> relu;
constexpr auto back = linear<"fc2", 60, 16> >> tanh >> linear<"fc3", 16, 10>;
constexpr auto net = front >> residual(named<"block">(linear<"same", 32, 32> >> relu)) >> back;
