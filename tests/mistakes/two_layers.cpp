// SPDX-License-Identifier: BSL-1.0
// A mistake in the middle of a network, with a loss on top; it stands in main, which does not run.
// red: matmul
// card: inner sizes **3** and **4** differ
// grey: add, sub, square, mean
#include <gradus/typed.hpp>
using namespace gradus;

int main() {
    constexpr auto batch = dim<"batch">;
    constexpr auto x = input<"x", batch, 4>;
    constexpr auto y = input<"y", batch, 2>;
    constexpr auto a1 = tanh(matmul(x, parameter<"W1", 4, 3>) + parameter<"b1", 3>);
    constexpr auto z2 = matmul(a1, parameter<"W2", 4, 2>) + parameter<"b2", 2>;
    constexpr auto loss = mean(square(z2 - y));
    return loss(x = 1) == 2;  // makes no sense after the mistake, and is left out
}
