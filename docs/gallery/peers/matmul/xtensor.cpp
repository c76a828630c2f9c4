// SPDX-License-Identifier: BSL-1.0
// A product of matrices whose inner sizes differ.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <xtensor-blas/xlinalg.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> x = xt::ones<float>({32, 128});
    xt::xtensor<float, 2> W = xt::ones<float>({128, 10});
    xt::xtensor<float, 2> V = xt::ones<float>({100, 10});
#ifdef FIXED
    xt::xtensor<float, 2> z = xt::linalg::dot(x, W);
#else
    xt::xtensor<float, 2> z = xt::linalg::dot(x, V);
#endif
    std::cout << z.shape(0) << " x " << z.shape(1) << "\n";
}
