// SPDX-License-Identifier: BSL-1.0
// Formulas of formulas: the table has all that the two sides of + are made of.
#include <gradus/expr/contract.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto fc1 = linear<"fc1", 64, 32>;

template <int k> constexpr auto times(auto y) { return y * k; }

int main() {
    constexpr auto x = input<"x", dim<"batch">, 64>;
    constexpr auto W = parameter<"W", 32, 10>;
    const auto h = relu(fc1(x));
    const auto unused = x + 1;
    const auto z = times<2>(h) + matmul(h, W);
}
