// SPDX-License-Identifier: BSL-1.0
// A sum along dimension 2 of a matrix, which has 0 and 1.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> x = xt::ones<float>({32, 64});
#ifdef FIXED
    xt::xtensor<float, 1> z = xt::sum(x, {1});
#else
    xt::xtensor<float, 1> z = xt::sum(x, {2});
#endif
    std::cout << z.shape(0) << "\n";
}
