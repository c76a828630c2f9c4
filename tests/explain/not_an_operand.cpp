// SPDX-License-Identifier: BSL-1.0
// The same with an operator, whose overloads are many.
#include <gradus/expr/elementwise.hpp>
#include <vector>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
std::vector<float> shift;
const auto z = x * 2 + shift;
