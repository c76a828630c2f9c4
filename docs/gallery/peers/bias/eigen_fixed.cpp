// SPDX-License-Identifier: BSL-1.0
// A bias of nine numbers for ten outputs.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 32, 10> z0 = Eigen::Matrix<float, 32, 10>::Ones();
    Eigen::Matrix<float, 10, 1> b = Eigen::Matrix<float, 10, 1>::Ones();
    Eigen::Matrix<float, 9, 1> c = Eigen::Matrix<float, 9, 1>::Ones();
#ifdef FIXED
    Eigen::MatrixXf z = z0.rowwise() + b.transpose();
#else
    Eigen::MatrixXf z = z0.rowwise() + c.transpose();
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
