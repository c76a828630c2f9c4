// SPDX-License-Identifier: BSL-1.0
// A bias of nine numbers for ten outputs.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf z0 = Eigen::MatrixXf::Ones(32, 10);
    Eigen::VectorXf b = Eigen::VectorXf::Ones(10);
    Eigen::VectorXf c = Eigen::VectorXf::Ones(9);
#ifdef FIXED
    Eigen::MatrixXf z = z0.rowwise() + b.transpose();
#else
    Eigen::MatrixXf z = z0.rowwise() + c.transpose();
#endif
    std::cout << z.rows() << " x " << z.cols() << "\n";
}
