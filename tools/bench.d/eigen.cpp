// SPDX-License-Identifier: BSL-1.0
// A step written with Eigen, on its own matrix product.
#include "workload.hpp"
#include <Eigen/Dense>

namespace {
using namespace bench;
using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using row = Eigen::RowVectorXf;

class eigen_network final : public network {
    const workload& w_;
    matrix inputs_, targets_, shifted_, exps_;
    std::vector<matrix> weight_, value_, gradient_;
    std::vector<row> bias_;
    std::vector<Eigen::Index> classes_;
    float rate_ = 0;

  public:
    explicit eigen_network(const workload& w) : w_(w) {}

    void restart(const start& from, float learning_rate) override {
        rate_ = learning_rate;
        inputs_ = Eigen::Map<const matrix>(from.inputs.data(), w_.batch, w_.in());
        if (w_.last == loss::mse) targets_ = Eigen::Map<const matrix>(from.targets.data(), w_.batch, w_.out());
        classes_.assign(from.targets.begin(), from.targets.begin() + w_.batch);
        weight_.clear(), bias_.clear(), value_.clear();
        for (int l = 0; l < w_.layers; ++l) {
            const int in = w_.widths[static_cast<std::size_t>(l)], out = w_.widths[static_cast<std::size_t>(l) + 1];
            weight_.emplace_back(Eigen::Map<const matrix>(from.weight(w_, l), out, in));
            bias_.emplace_back(Eigen::Map<const row>(from.bias(w_, l), out));
            value_.emplace_back(w_.batch, out);
        }
        gradient_ = value_;
    }

    float train(long count) override {
        float seen = 0;
        const std::size_t last = static_cast<std::size_t>(w_.layers) - 1;
        for (long step = 0; step < count; ++step) {
            for (std::size_t l = 0; l <= last; ++l) {
                value_[l].noalias() = (l ? value_[l - 1] : inputs_) * weight_[l].transpose();
                if (l == last)
                    value_[l].rowwise() += bias_[l];
                else if (w_.hidden == activation::tanh)
                    value_[l] = (value_[l].rowwise() + bias_[l]).array().tanh();
                else
                    value_[l] = (value_[l].rowwise() + bias_[l]).cwiseMax(0.f);
            }
            const matrix& z = value_[last];
            matrix& g = gradient_[last];
            if (w_.last == loss::mse) {
                const float scale = 2.f / static_cast<float>(z.size());
                g = scale * (z - targets_);
                seen = g.squaredNorm() / (scale * scale * static_cast<float>(z.size()));
            } else {
                shifted_ = z.colwise() - z.rowwise().maxCoeff();
                exps_ = shifted_.array().exp();
                const Eigen::VectorXf sums = exps_.rowwise().sum();
                g = (exps_.array().colwise() / (sums.array() * static_cast<float>(w_.batch))).matrix();
                seen = sums.array().log().sum();
                for (Eigen::Index i = 0; i < w_.batch; ++i) {
                    const Eigen::Index c = classes_[static_cast<std::size_t>(i)];
                    seen -= shifted_(i, c);
                    g(i, c) -= 1.f / static_cast<float>(w_.batch);
                }
                seen /= static_cast<float>(w_.batch);
            }
            for (std::size_t l = last + 1; l-- > 0;) {
                if (l < last) {
                    if (w_.hidden == activation::tanh)
                        gradient_[l].array() *= 1.f - value_[l].array().square();
                    else
                        gradient_[l] = (value_[l].array() > 0.f).select(gradient_[l], 0.f);
                }
                if (l > 0) gradient_[l - 1].noalias() = gradient_[l] * weight_[l];
                weight_[l].noalias() -= rate_ * gradient_[l].transpose() * (l ? value_[l - 1] : inputs_);
                bias_[l] -= rate_ * gradient_[l].colwise().sum();
            }
        }
        return seen;
    }

    void copy_parameters(float* to) const override {
        for (std::size_t l = 0; l < weight_.size(); ++l) {
            to = std::copy_n(weight_[l].data(), weight_[l].size(), to);
            to = std::copy_n(bias_[l].data(), bias_[l].size(), to);
        }
    }
};
}  // namespace

int main(int argc, char** argv) {
    networks known;
    for (const workload* w : workloads)
        known[w->name] = [w](const start&) { return std::make_unique<eigen_network>(*w); };
    const std::string version = "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + "." +
                                std::to_string(EIGEN_MAJOR_VERSION) + "." + std::to_string(EIGEN_MINOR_VERSION);
    return serve(version, known, argc, argv);
}
