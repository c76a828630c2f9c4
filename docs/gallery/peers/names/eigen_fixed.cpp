// SPDX-License-Identifier: BSL-1.0
// 16 pixels are multiplied by the weights of 16 hidden units: the sizes are equal, the dimensions are not.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 32, 16> x = Eigen::Matrix<float, 32, 16>::Ones();
    Eigen::Matrix<float, 16, 10> of_pixels = Eigen::Matrix<float, 16, 10>::Ones();
    Eigen::Matrix<float, 16, 10> of_hidden = Eigen::Matrix<float, 16, 10>::Ones();
#ifdef FIXED
    Eigen::MatrixXf z = x * of_pixels;
#else
    Eigen::MatrixXf z = x * of_hidden;
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
