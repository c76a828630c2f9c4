// SPDX-License-Identifier: BSL-1.0
// A mistake inside the function of a layer: it is red there, in the layer's frame.
// red: matmul
// card: inner sizes **64** and **3** differ
// grey: add, relu
#include <gradus/expr/contract.hpp>
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto block = as_layer<"block">([](auto x) { return matmul(x, parameter<"W", 3, 3>) + x; });
constexpr auto z = relu(block(input<"x", dim<"batch">, 64>));
