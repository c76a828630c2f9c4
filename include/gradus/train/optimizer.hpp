// SPDX-License-Identifier: BSL-1.0
// Optimizers as part of the graph: how a parameter follows from its old value and its gradient. So an update can be
// printed, drawn and fused like everything else.
#pragma once
#include <gradus/calculus/graph_of.hpp>

namespace gradus {

/// Stochastic gradient descent: p - learning_rate * dp.
/// Source  Robbins, Monro: A Stochastic Approximation Method, 1951; PyTorch's SGD without momentum
struct sgd {
    double learning_rate = 0.01;

    static constexpr int setting_count = 1;  ///< numbers that may change between steps
    static constexpr std::array<const char*, 1> setting_names{"learning_rate"};
    constexpr std::array<double, 1> settings() const { return {learning_rate}; }

    /// The node of the parameter's next value.
    static constexpr node_id update(builder& b, node_id parameter, node_id gradient, const node_id* settings) {
        return b.sub(parameter, b.mul(settings[0], gradient));
    }
};

namespace detail {

/// The graph of a training step: the loss, and each of its parameters assigned its next value. The optimizer's settings
/// are run-time numbers behind those of the loss.
template <class Loss, class Optimizer> struct training_step {
    static constexpr builder build() {
        builder b(simplify);
        lowering l(b, gradient);
        const node_id loss = l.root(record_of<Loss>);
        b.outputs.push_back({loss});
        std::array<node_id, static_cast<std::size_t>(Optimizer::setting_count) + 1> settings{};
        for (int i = 0; i < Optimizer::setting_count; ++i) {
            node n;
            n.operation = op::constant;
            n.attrs.literal = parts_of<Loss>::numbers + i + 1;
            n.name = Optimizer::setting_names[static_cast<std::size_t>(i)];
            settings[static_cast<std::size_t>(i)] = b.add(n);
        }
        const int forward = b.size();
        for (node_id p = 0; p < forward; ++p) {
            if (!b[p].is(op::parameter)) continue;
            const node_id g = gradient(b, loss, p);
            b.layer = b[p].layer;
            b.outputs.push_back({Optimizer::update(b, p, g, settings.data()), p});
        }
        return b;
    }
    static constexpr auto graph = freeze<training_step>();
};

}  // namespace detail
}  // namespace gradus
