// SPDX-License-Identifier: BSL-1.0
// Numbers in a formula, where their place belongs.
#include <gradus/expr/contract.hpp>
#include <vector>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
std::vector<float> weights;
const auto z = matmul(x, weights);
