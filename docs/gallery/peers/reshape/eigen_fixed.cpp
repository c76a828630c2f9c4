// SPDX-License-Identifier: BSL-1.0
// 64 numbers of a sample as 6 x 10.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::Matrix<float, 1, 64> x = Eigen::Matrix<float, 1, 64>::Ones();
#ifdef FIXED
    auto z = x.reshaped<Eigen::RowMajor>(Eigen::fix<8>, Eigen::fix<8>);
#else
    auto z = x.reshaped<Eigen::RowMajor>(Eigen::fix<6>, Eigen::fix<10>);
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
