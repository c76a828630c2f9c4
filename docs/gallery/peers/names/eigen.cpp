// SPDX-License-Identifier: BSL-1.0
// 16 pixels are multiplied by the weights of 16 hidden units: the sizes are equal, the dimensions are not.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf x = Eigen::MatrixXf::Ones(32, 16);
    Eigen::MatrixXf of_pixels = Eigen::MatrixXf::Ones(16, 10);
    Eigen::MatrixXf of_hidden = Eigen::MatrixXf::Ones(16, 10);
#ifdef FIXED
    Eigen::MatrixXf z = x * of_pixels;
#else
    Eigen::MatrixXf z = x * of_hidden;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
