// SPDX-License-Identifier: BSL-1.0
// 16 pixels are multiplied by the weights of 16 hidden units: the sizes are equal, the dimensions are not.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <xtensor-blas/xlinalg.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> x = xt::ones<float>({32, 16});
    xt::xtensor<float, 2> of_pixels = xt::ones<float>({16, 10});
    xt::xtensor<float, 2> of_hidden = xt::ones<float>({16, 10});
#ifdef FIXED
    xt::xtensor<float, 2> z = xt::linalg::dot(x, of_pixels);
#else
    xt::xtensor<float, 2> z = xt::linalg::dot(x, of_hidden);
#endif
    std::cout << z.shape(0) << " x " << z.shape(1) << "\n";
}
