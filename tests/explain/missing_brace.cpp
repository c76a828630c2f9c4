// SPDX-License-Identifier: BSL-1.0
// A brace that nobody closes.
#include <gradus/layer/activation.hpp>
using namespace gradus;

int main() {
    auto x = input<"x", 64, 64>;
    auto y = relu(x);
