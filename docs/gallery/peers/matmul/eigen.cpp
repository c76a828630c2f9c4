// SPDX-License-Identifier: BSL-1.0
// A product of matrices whose inner sizes differ.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf x = Eigen::MatrixXf::Ones(32, 128);
    Eigen::MatrixXf W = Eigen::MatrixXf::Ones(128, 10);
    Eigen::MatrixXf V = Eigen::MatrixXf::Ones(100, 10);
#ifdef FIXED
    Eigen::MatrixXf z = x * W;
#else
    Eigen::MatrixXf z = x * V;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
