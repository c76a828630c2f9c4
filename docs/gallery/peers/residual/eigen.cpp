// SPDX-License-Identifier: BSL-1.0
// x + f(x), where f gives one number for each sample.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf x = Eigen::MatrixXf::Ones(32, 64);
    Eigen::MatrixXf f = Eigen::MatrixXf::Ones(32, 64);
    Eigen::MatrixXf g = Eigen::MatrixXf::Ones(32, 1);
#ifdef FIXED
    Eigen::MatrixXf z = x + f;
#else
    Eigen::MatrixXf z = x + g;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
