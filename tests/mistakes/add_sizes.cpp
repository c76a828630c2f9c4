// SPDX-License-Identifier: BSL-1.0
// A sum of shapes that do not broadcast.
// red: add
// card: **64** and **10** differ in the last dimension
// grey: relu, mul
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto z = 0.5 * relu(x + parameter<"b", 10>);
