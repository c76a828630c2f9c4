// SPDX-License-Identifier: BSL-1.0
// Probabilities where logits are meant: cross entropy takes the softmax itself.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> z = xt::ones<float>({4, 3});
    z(0, 0) = 9.0F;
    const auto softmax = [](const auto& a) {
        xt::xtensor<float, 2> e = xt::exp(a);
        return xt::xtensor<float, 2>(e / xt::view(xt::eval(xt::sum(e, {1})), xt::all(), xt::newaxis()));
    };
#ifdef FIXED
    const float loss = -std::log(softmax(z)(0, 0));
#else
    const float loss = -std::log(softmax(softmax(z))(0, 0));
#endif
    std::cout << loss << "\n";
}
