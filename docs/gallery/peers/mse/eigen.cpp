// SPDX-License-Identifier: BSL-1.0
// A column of predictions against a vector of targets.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf z = Eigen::MatrixXf::Ones(442, 1);
    Eigen::MatrixXf v = Eigen::MatrixXf::Ones(442, 1);
    Eigen::MatrixXf u = Eigen::MatrixXf::Ones(1, 442);
    z(0, 0) = 3.0F;
#ifdef FIXED
    const float loss = (z - v).array().square().mean();
#else
    const float loss = (z - u).array().square().mean();
#endif
    std::cout << loss << "\n";
}
