// SPDX-License-Identifier: BSL-1.0
// An expression in a chain of layers.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto z = x >> linear<"fc", 64, 10>;
