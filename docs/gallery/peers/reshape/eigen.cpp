// SPDX-License-Identifier: BSL-1.0
// 64 numbers of a sample as 6 x 10.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf x = Eigen::MatrixXf::Ones(1, 64);
#ifdef FIXED
    auto z = x.reshaped<Eigen::RowMajor>(8, 8);
#else
    auto z = x.reshaped<Eigen::RowMajor>(6, 10);
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
