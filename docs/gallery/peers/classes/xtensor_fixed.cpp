// SPDX-License-Identifier: BSL-1.0
// Probabilities of nine classes for the scores of ten.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor_fixed<float, xt::xshape<32, 10>> z = xt::ones<float>({32, 10});
    xt::xtensor_fixed<float, xt::xshape<32, 10>> q = xt::ones<float>({32, 10});
    xt::xtensor_fixed<float, xt::xshape<32, 9>> p = xt::ones<float>({32, 9});
    const auto log_sum = xt::view(xt::eval(xt::log(xt::sum(xt::exp(z), {1}))), xt::all(), xt::newaxis());
#ifdef FIXED
    const float loss = -xt::sum(q * (z - log_sum))();
#else
    const float loss = -xt::sum(p * (z - log_sum))();
#endif
    std::cout << loss << "\n";
}
