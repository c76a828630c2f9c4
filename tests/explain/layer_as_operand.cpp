// SPDX-License-Identifier: BSL-1.0
// A layer that is not called.
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto z = x + fc;
