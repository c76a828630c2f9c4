// SPDX-License-Identifier: BSL-1.0
// `train(loss, optimizer)`: a program that computes the loss and updates the parameters, one step at a time.
#pragma once
#include <gradus/program/compile.hpp>
#include <gradus/train/init.hpp>
#include <gradus/train/optimizer.hpp>

namespace gradus {

namespace detail {
template <class Loss, class L> struct train_rule {
    static constexpr dims apply(fault* f) {
        if (L::rank != 0) {
            if (f) {
                f->first = L::rank;
                f->second = 0;
                f->why << L::rank << " dimensions given, 0 wanted: train needs a scalar loss and gets "
                       << dims_of<L> << "; take its mean or sum first";
            }
            return no_shape;
        }
        if (parameter_count < graph_source < Loss >>> 0) return {};
        if (f) {
            f->first = 0;
            f->second = 1;
            f->why << "0 parameters in the loss: there is nothing to train";
        }
        return no_shape;
    }
};
}  // namespace detail

/// Trains the parameters of a loss. Made by `train`.
template <class T, class Loss, class Optimizer>
class training_program : public detail::named_program<detail::training_step<Loss, Optimizer>, T> {
  public:
    using source = detail::training_step<Loss, Optimizer>;

    training_program(const Loss& loss, const Optimizer& optimizer, std::uint64_t seed) {
        if constexpr (detail::parts_of<Loss>::numbers > 0)
            for (std::size_t i = 0; i < loss.values.size(); ++i)
                if (uses(static_cast<int>(i) + 1)) this->set_literal(static_cast<int>(i), loss.values[i]);
        set(optimizer);
        initialize(*this, seed);
    }

    /// Other settings from the next step on, as a smaller learning rate.
    void set(const Optimizer& optimizer) {
        const auto settings = optimizer.settings();
        for (std::size_t i = 0; i < settings.size(); ++i) {
            const int literal = detail::parts_of<Loss>::numbers + static_cast<int>(i);
            if (uses(literal + 1)) this->set_literal(literal, settings[i]);
        }
    }

    /// One step: computes the loss of this batch, then moves each parameter. Returns the loss before the move.
    ///
    ///     trainer.step(x = images, y = labels);
    ///
    /// Error   while compiling: "y (batch,) is not given: write y = a tensor"; while running: see basic_program
    template <class... In, class... Tensor>
        requires(accepted<detail::binding_rule<source, In...>>)
    T step(const bound<In, Tensor>&... given) {
        (this->give(given), ...);
        this->run();
        ++step_count_;
        return this->template output<0>();
    }
    template <class... In, class... Tensor, clashing sizes = misfit<detail::binding_rule<source, In...>>,
              sentence binding_error = why<detail::binding_rule<source, In...>>>
    constexpr invalid step(const bound<In, Tensor>&...) GRADUS_REFUSED(binding_error);

    /// How many steps have been taken. With `states()` and `state(name)` it is all that an optimizer remembers:
    /// a checkpoint keeps it under PyTorch's name "step".
    std::int64_t step_count() const { return step_count_; }
    /// Goes on as after so many steps.
    ///
    /// Error   std::invalid_argument "step -1 given, at least 0 wanted"
    void set_step_count(std::int64_t count) {
        if (count < 0) throw std::invalid_argument("step " + std::to_string(count) + " given, at least 0 wanted");
        step_count_ = count;
    }

  private:
    static constexpr bool uses(int literal) {
        for (const node& n : source::graph.nodes)
            if (n.attrs.literal == literal) return true;
        return false;
    }

    std::int64_t step_count_ = 0;
};

/// A trainer of a scalar loss, its weights initialised from the seed (he_normal, biases zero; `initialize` gives
/// others).
///
///     auto trainer = train(mean(cross_entropy(net(x), y)), sgd{.learning_rate = 0.1});
///
/// Error   "1 dimensions given, 0 wanted: train needs a scalar loss and gets (batch,); take its mean or sum first"
template <class T = float, class L, std::uint64_t I, int N, class Optimizer>
    requires(accepted<detail::train_rule<expr<L, I, N>, L>>)
auto train(expr<L, I, N> loss, const Optimizer& optimizer, std::uint64_t seed = 0) {
    return training_program<T, expr<L, I, N>, Optimizer>(loss, optimizer, seed);
}
template <class T = float, class L, std::uint64_t I, int N, class Optimizer,
          clashing sizes = misfit<detail::train_rule<expr<L, I, N>, L>>,
          sentence shape_error = why<detail::train_rule<expr<L, I, N>, L>>>
constexpr invalid train(expr<L, I, N> loss, const Optimizer& optimizer, std::uint64_t seed = 0) GRADUS_REFUSED(shape_error);
template <class T = float, class Optimizer> invalid train(invalid, const Optimizer&, std::uint64_t = 0) { return {}; }

}  // namespace gradus
