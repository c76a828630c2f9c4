// SPDX-License-Identifier: BSL-1.0
// A column of predictions against a vector of targets.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 442, 1> z = Eigen::Matrix<float, 442, 1>::Ones();
    Eigen::Matrix<float, 442, 1> v = Eigen::Matrix<float, 442, 1>::Ones();
    Eigen::Matrix<float, 1, 442> u = Eigen::Matrix<float, 1, 442>::Ones();
    z(0, 0) = 3.0F;
#ifdef FIXED
    const float loss = (z - v).array().square().mean();
#else
    const float loss = (z - u).array().square().mean();
#endif
    std::cout << loss << "\n";
}
