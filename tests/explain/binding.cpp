// SPDX-License-Identifier: BSL-1.0
// A program that is run without one of its inputs.
#include <gradus/gradus.hpp>
using namespace gradus;

void predict(const xt::xtensor<float, 2>& images) {
    constexpr auto x = input<"x", dim<"batch">, 4>;
    constexpr auto y = input<"y", dim<"batch">, 4>;
    auto program = compile(mean(x * y));
    program(x = images);
}
