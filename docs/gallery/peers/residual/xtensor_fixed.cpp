// SPDX-License-Identifier: BSL-1.0
// x + f(x), where f gives one number for each sample.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor_fixed<float, xt::xshape<32, 64>> x = xt::ones<float>({32, 64});
    xt::xtensor_fixed<float, xt::xshape<32, 64>> f = xt::ones<float>({32, 64});
    xt::xtensor_fixed<float, xt::xshape<32, 1>> g = xt::ones<float>({32, 1});
#ifdef FIXED
    xt::xtensor<float, 2> z = x + f;
#else
    xt::xtensor<float, 2> z = x + g;
#endif
    std::cout << z.shape(0) << " x " << z.shape(1) << "\n";
}
