// SPDX-License-Identifier: BSL-1.0
// The training loop of PyTorch's C++ tutorial.
#include "workload.hpp"
#include <torch/torch.h>

namespace {
using namespace bench;

class torch_network final : public network {
    const workload& w_;
    torch::nn::Sequential net_;
    torch::Tensor inputs_, targets_;
    std::unique_ptr<torch::optim::SGD> optimizer_;

  public:
    explicit torch_network(const workload& w) : w_(w) {
        for (int l = 0; l < w.layers; ++l) {
            net_->push_back(
                torch::nn::Linear(w.widths[static_cast<std::size_t>(l)], w.widths[static_cast<std::size_t>(l) + 1]));
            if (l + 1 == w.layers) break;
            if (w.hidden == activation::tanh)
                net_->push_back(torch::nn::Tanh());
            else
                net_->push_back(torch::nn::ReLU());
        }
    }
    void restart(const start& from, float learning_rate) override {
        const auto copy = [](const std::vector<float>& v) { return torch::tensor(at::ArrayRef<float>(v)); };
        inputs_ = copy(from.inputs).reshape({w_.batch, w_.in()});
        targets_ = copy(from.targets);
        targets_ = w_.last == loss::mse ? targets_.reshape({w_.batch, w_.out()}) : targets_.to(torch::kLong);
        torch::NoGradGuard guard;
        const float* at = from.parameters.data();
        for (const auto& p : net_->parameters()) {
            std::copy_n(at, p.numel(), p.data_ptr<float>());
            at += p.numel();
        }
        optimizer_ = std::make_unique<torch::optim::SGD>(net_->parameters(), torch::optim::SGDOptions(learning_rate));
    }
    float train(long count) override {
        torch::Tensor seen;
        for (long i = 0; i < count; ++i) {
            optimizer_->zero_grad();
            const auto scores = net_->forward(inputs_);
            seen = w_.last == loss::mse ? torch::mse_loss(scores, targets_)
                                        : torch::nn::functional::cross_entropy(scores, targets_);
            seen.backward();
            optimizer_->step();
        }
        return seen.item<float>();
    }
    void copy_parameters(float* to) const override {
        for (const auto& p : net_->parameters()) to = std::copy_n(p.data_ptr<float>(), p.numel(), to);
    }
};
}  // namespace

int main(int argc, char** argv) {
    torch::set_num_threads(1);
    networks known;
    for (const workload* w : workloads)
        known[w->name] = [w](const start&) { return std::make_unique<torch_network>(*w); };
    return serve("libtorch " TORCH_VERSION, known, argc, argv);
}
