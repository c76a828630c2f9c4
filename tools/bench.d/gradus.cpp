// SPDX-License-Identifier: BSL-1.0
// W1 to W5 as a user of Gradus writes them, through its public interface only.
#include "workload.hpp"
#include <gradus/gradus.hpp>
#include <algorithm>

namespace {
using gradus::cross_entropy, gradus::dim, gradus::input, gradus::linear, gradus::mean, gradus::mse_loss, gradus::relu;

constexpr auto batch = dim<"batch">;

// Version 14 of clang-format takes `linear<"fc1", 2, 4> >>` for comparisons.
// clang-format off

namespace w1 {
constexpr auto x = input<"x", batch, 2>;
constexpr auto y = input<"y", batch>;
constexpr auto net = linear<"fc1", 2, 4> >> gradus::tanh >> linear<"fc2", 4, 2>;
constexpr auto loss = mean(cross_entropy(net(x), y));
}  // namespace w1
namespace w2 {
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));
}  // namespace w2
namespace w3 {
constexpr auto x = input<"x", batch, 784>;
constexpr auto y = input<"y", batch>;
constexpr auto net = linear<"fc1", 784, 128> >> relu >> linear<"fc2", 128, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));
}  // namespace w3
namespace w4 {
constexpr auto x = input<"x", batch, 784>;
constexpr auto y = input<"y", batch>;
constexpr auto net = linear<"fc1", 784, 512> >> relu >> linear<"fc2", 512, 512> >> relu >> linear<"fc3", 512, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));
}  // namespace w4
namespace w5 {
constexpr auto x = input<"x", batch, 1024>;
constexpr auto y = input<"y", batch, 1024>;
constexpr auto net = linear<"fc1", 1024, 1024> >> relu >> linear<"fc2", 1024, 1024> >> relu >>
                     linear<"fc3", 1024, 1024>;
constexpr auto loss = mse_loss(net(x), y);
}  // namespace w5
// clang-format on

/// One of the above, ready to train.
template <const bench::workload& w, class Loss, class X, class Y> class gradus_network final : public bench::network {
    static constexpr std::size_t target_rank = w.last == bench::loss::mse ? 2 : 1;
    static constexpr std::array<const char*, 6> names{"fc1.weight", "fc1.bias",   "fc2.weight",
                                                      "fc2.bias",   "fc3.weight", "fc3.bias"};
    static constexpr std::size_t tensors = 2 * static_cast<std::size_t>(w.layers);

    decltype(gradus::train(Loss{}, gradus::sgd{})) trainer_ = gradus::train(Loss{}, gradus::sgd{});
    xt::xtensor<float, 2> inputs_;
    xt::xtensor<float, target_rank> targets_;

  public:
    void restart(const bench::start& from, float learning_rate) override {
        trainer_.set(gradus::sgd{.learning_rate = learning_rate});
        inputs_.resize({std::size_t{w.batch}, std::size_t{w.in()}});
        if constexpr (target_rank == 2)
            targets_.resize({std::size_t{w.batch}, std::size_t{w.out()}});
        else
            targets_.resize({std::size_t{w.batch}});
        std::copy(from.inputs.begin(), from.inputs.end(), inputs_.begin());
        std::copy(from.targets.begin(), from.targets.end(), targets_.begin());
        auto at = from.parameters.begin();
        for (std::size_t i = 0; i < tensors; ++i) {
            const auto values = trainer_.parameter(names[i]);
            std::copy_n(at, values.size(), values.begin());
            at += static_cast<std::ptrdiff_t>(values.size());
        }
    }
    float train(long count) override {
        float seen = 0;
        for (long i = 0; i < count; ++i) seen = trainer_.step(X{} = inputs_, Y{} = targets_);
        return seen;
    }
    void copy_parameters(float* to) const override {
        for (std::size_t i = 0; i < tensors; ++i) {
            const auto values = trainer_.parameter(names[i]);
            to = std::copy(values.begin(), values.end(), to);
        }
    }
};

template <const bench::workload& w, class Loss, class X, class Y>
std::unique_ptr<bench::network> network_of(Loss, X, Y) {
    return std::make_unique<gradus_network<w, Loss, X, Y>>();
}
}  // namespace

int main(int argc, char** argv) {
    using bench::start;
    return bench::serve("this tree",
                        {{"W1", [](const start&) { return network_of<bench::W1>(w1::loss, w1::x, w1::y); }},
                         {"W2", [](const start&) { return network_of<bench::W2>(w2::loss, w2::x, w2::y); }},
                         {"W3", [](const start&) { return network_of<bench::W3>(w3::loss, w3::x, w3::y); }},
                         {"W4", [](const start&) { return network_of<bench::W4>(w4::loss, w4::x, w4::y); }},
                         {"W5", [](const start&) { return network_of<bench::W5>(w5::loss, w5::x, w5::y); }}},
                        argc, argv);
}
