// SPDX-License-Identifier: BSL-1.0
// Probabilities where logits are meant: cross entropy takes the softmax itself.
#include <Eigen/Dense>
#include <iostream>

int main() {
    Eigen::MatrixXf z = Eigen::MatrixXf::Ones(4, 3);
    z(0, 0) = 9.0F;
    const auto softmax = [](const auto& a) -> Eigen::MatrixXf {
        const Eigen::MatrixXf e = a.array().exp();
        return e.array().colwise() / e.rowwise().sum().array();
    };
#ifdef FIXED
    const float loss = -std::log(softmax(z)(0, 0));
#else
    const float loss = -std::log(softmax(softmax(z))(0, 0));
#endif
    std::cout << loss << "\n";
}
