// SPDX-License-Identifier: BSL-1.0
// A chain with a function in it, given an input that the layer behind the function does not fit.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto images = input<"images", dim<"batch">, 8, 8>;
constexpr auto net = flatten >> as_layer<"twice">([](auto x) { return 2 * x; }) >> linear<"fc1", 60, 10>;
constexpr auto scores = net(images);
