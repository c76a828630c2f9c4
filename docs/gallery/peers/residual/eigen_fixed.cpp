// SPDX-License-Identifier: BSL-1.0
// x + f(x), where f gives one number for each sample.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 32, 64> x = Eigen::Matrix<float, 32, 64>::Ones();
    Eigen::Matrix<float, 32, 64> f = Eigen::Matrix<float, 32, 64>::Ones();
    Eigen::Matrix<float, 32, 1> g = Eigen::Matrix<float, 32, 1>::Ones();
#ifdef FIXED
    Eigen::MatrixXf z = x + f;
#else
    Eigen::MatrixXf z = x + g;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
