// SPDX-License-Identifier: BSL-1.0
// A chain with a wrong layer that is applied: one picture, with the sentence of the declaration.
// red: matmul
// card: **60** features expected, **32** given
// grey: add, cross entropy, mean
#include <gradus/expr/loss.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 60, 10>;
constexpr auto loss = mean(cross_entropy(net(input<"x", batch, 64>), input<"y", batch>));
