// SPDX-License-Identifier: BSL-1.0
// A bias of nine numbers for ten outputs.
#include <xtensor/xfixed.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#include <iostream>

int main() {
    xt::xtensor_fixed<float, xt::xshape<32, 10>> z0 = xt::ones<float>({32, 10});
    xt::xtensor_fixed<float, xt::xshape<10>> b = xt::ones<float>({10});
    xt::xtensor_fixed<float, xt::xshape<9>> c = xt::ones<float>({9});
#ifdef FIXED
    xt::xtensor<float, 2> z = z0 + b;
#else
    xt::xtensor<float, 2> z = z0 + c;
#endif
    std::cout << z.shape(0) << " x " << z.shape(1) << "\n";
}
