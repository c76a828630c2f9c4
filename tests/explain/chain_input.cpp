// SPDX-License-Identifier: BSL-1.0
// An input that the second layer does not take: the table has whole shapes.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto images = input<"images", dim<"batch">, 8, 8>;
constexpr auto net = flatten >> linear<"fc1", 60, 32> >> relu;
constexpr auto z = net(images);
