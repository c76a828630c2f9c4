// SPDX-License-Identifier: BSL-1.0
// A column of predictions against a vector of targets.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> z = xt::ones<float>({442, 1});
    xt::xtensor<float, 2> v = xt::ones<float>({442, 1});
    xt::xtensor<float, 1> u = xt::ones<float>({442});
    z(0, 0) = 3.0F;
#ifdef FIXED
    const float loss = xt::mean(xt::square(z - v))();
#else
    const float loss = xt::mean(xt::square(z - u))();
#endif
    std::cout << loss << "\n";
}
