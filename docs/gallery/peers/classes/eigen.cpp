// SPDX-License-Identifier: BSL-1.0
// Probabilities of nine classes for the scores of ten.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf z = Eigen::MatrixXf::Ones(32, 10);
    Eigen::MatrixXf q = Eigen::MatrixXf::Ones(32, 10);
    Eigen::MatrixXf p = Eigen::MatrixXf::Ones(32, 9);
    const Eigen::MatrixXf log_p = z.colwise() - z.array().exp().rowwise().sum().log().matrix();
#ifdef FIXED
    const float loss = -q.cwiseProduct(log_p).sum();
#else
    const float loss = -p.cwiseProduct(log_p).sum();
#endif
    std::cout << loss << "\n";
}
