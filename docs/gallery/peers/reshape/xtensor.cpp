// SPDX-License-Identifier: BSL-1.0
// 64 numbers of a sample as 6 x 10.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor<float, 2> x = xt::ones<float>({32, 64});
#ifdef FIXED
    auto z = xt::reshape_view(x, {32, 8, 8});
#else
    auto z = xt::reshape_view(x, {32, 6, 10});
#endif
    std::cout << z.shape(0) << " x " << z.shape(1) << " x " << z.shape(2) << ", sum " << xt::sum(z)() << "\n";
}
