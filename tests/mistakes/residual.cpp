// SPDX-License-Identifier: BSL-1.0
// A residual layer that changes the width, applied to an input: the sum is red, and its sentence is the layer's.
// red: add
// card: **1** and **64** features differ
// grey: tanh
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto z = tanh(residual(linear<"fc", 64, 1>)(x));
