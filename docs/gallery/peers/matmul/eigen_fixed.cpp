// SPDX-License-Identifier: BSL-1.0
// A product of matrices whose inner sizes differ.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 32, 128> x = Eigen::Matrix<float, 32, 128>::Ones();
    Eigen::Matrix<float, 128, 10> W = Eigen::Matrix<float, 128, 10>::Ones();
    Eigen::Matrix<float, 100, 10> V = Eigen::Matrix<float, 100, 10>::Ones();
#ifdef FIXED
    Eigen::MatrixXf z = x * W;
#else
    Eigen::MatrixXf z = x * V;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
