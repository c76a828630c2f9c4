// SPDX-License-Identifier: BSL-1.0
// A residual layer inside a chain that is never applied: what it adds stands below its layer.
// red: residual 8 → 8
// card: **9** and **8** features differ
// grey: c linear 9 → 2, softmax
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto net = linear<"a", 4, 8> >> tanh >> residual(linear<"b", 8, 9>) >> linear<"c", 9, 2> >> softmax;
