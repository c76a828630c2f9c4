// SPDX-License-Identifier: BSL-1.0
// `train(loss, optimizer)`: a program that computes the loss and updates the parameters, one step at a time.
#pragma once
#include <gradus/program/compile.hpp>
#include <gradus/train/init.hpp>
#include <gradus/train/optimizer.hpp>
#include <gradus/train/trainable.hpp>
#include <functional>
#if defined(__GNUC__) && !defined(__clang__)
#line 11 "gradus/train/trainer.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
template <class Loss, class L, class Optimizer = sgd> struct train_rule {
    static constexpr dims apply(fault* f) {
        if constexpr (!accepted<trainable_rule<Loss>>) {
            return trainable_rule<Loss>::apply(f);
        } else {
            if constexpr (requires { Optimizer::template names_fit<graph_source<Loss>>(f); }) {
                if (!Optimizer::template names_fit<graph_source<Loss>>(f)) return no_shape;
            }
            return {};
        }
    }
};
}  // namespace detail

/// Trains the parameters of a loss. Made by `train`. `Form` has the terms that the updates have.
template <class T, class Loss, class Optimizer, Optimizer Form = Optimizer::usual()>
class training_program : public detail::named_program<detail::training_step<Loss, Optimizer, Form>, T> {
  public:
    using source = detail::training_step<Loss, Optimizer, Form>;

    training_program(const Loss& loss, const Optimizer& optimizer, std::uint64_t seed) {
        detail::check_numbers<Loss>(detail::numbers_of(loss));
        if constexpr (detail::parts_of<Loss>::numbers > 0)
            for (std::size_t i = 0; i < loss.values.size(); ++i)
                if (uses(static_cast<int>(i) + 1)) this->set_literal(static_cast<int>(i), loss.values[i]);
        set(optimizer);
        for (const parameter_info& s : this->states())
            for (T& value : this->state(s.name)) value = static_cast<T>(optimizer.initial_state());
        initialize(*this, seed);
    }

    /// Other settings from the next step on, as a smaller learning rate. A schedule starts from this one.
    ///
    /// Error   std::invalid_argument "sgd: lr is -0.1, a number of at least 0 wanted"; one that says which setting
    ///         needs a term that the program does not have, as a momentum
    void set(const Optimizer& optimizer) {
        optimizer.check();
        if (const char* const term = Form.missing(optimizer))
            throw std::invalid_argument(std::string(term) +
                                        " changes the terms of the update, which are fixed while compiling: write the "
                                        "optimizer between angle brackets, as in train<sgd{.momentum = 0.9}>(loss)");
        optimizer_ = optimizer;
        scheduled_ = optimizer;
        fill_settings();
    }
    /// The optimizer with its settings, the learning rate as a schedule has it at the last step.
    const Optimizer& optimizer() const { return scheduled_; }
    /// The optimizer without the schedule: as it was given.
    const Optimizer& base_optimizer() const { return optimizer_; }

    /// Takes the learning rate of each step from a function of the steps taken before (0, 1, ...) and the optimizer's
    /// own rate: one of schedule.hpp, or a lambda.
    ///
    ///     trainer.schedule(cosine_annealing_lr{.T_max = 1000});
    ///     trainer.schedule([](std::int64_t step, double lr) { return lr / (1 + 0.01 * static_cast<double>(step)); });
    void schedule(std::function<double(std::int64_t, double)> rate) { schedule_ = std::move(rate); }

    /// One step: computes the loss of this batch, then moves each parameter. Returns the loss before the move.
    ///
    ///     trainer.step(x = images, y = labels);
    ///
    /// Error   while compiling: "y (batch,) is not given: write y = a tensor"; while running: see basic_program
    template <class... In, class... Tensor>
        requires(accepted<detail::call_rule<source, T, bound<In, Tensor>...>>)
    T step(const bound<In, Tensor>&... given) {
        (this->give(given), ...);
        prepare_step();
        this->run();
        ++step_count_;
        return this->template output<0>();
    }
    template <class... Given, clashing sizes = misfit<detail::call_rule<source, T, Given...>>,
              sentence binding_error = why<detail::call_rule<source, T, Given...>>>
        requires(!(is_invalid<Given> || ...))
    constexpr invalid step(const Given&...) GRADUS_REFUSED_NETWORK(binding_error);
    template <class... Given>
        requires(is_invalid<Given> || ...)
    constexpr invalid step(const Given&...) { return {}; }

    /// How many steps have been taken. With `states()` and `state(name)` it is all that an optimizer remembers:
    /// a checkpoint keeps it under PyTorch's name "step".
    std::int64_t step_count() const { return step_count_; }
    /// Goes on as after so many steps.
    ///
    /// Error   std::invalid_argument "step -1 given, at least 0 wanted"
    void set_step_count(std::int64_t count) {
        if (count < 0) throw std::invalid_argument("step " + std::to_string(count) + " given, at least 0 wanted");
        step_count_ = count;
        fill_settings();
    }

  private:
    void prepare_step() {
        if (schedule_) {
            const double rate = schedule_(step_count_, optimizer_.rate());
            if (rate != scheduled_.rate()) {
                scheduled_ = optimizer_.with_rate(rate);
                scheduled_.check();
                if constexpr (!Form.counts_steps()) fill_settings();
            }
        }
        if constexpr (Form.counts_steps()) fill_settings();
    }
    /// The settings of the next step, as numbers of the program.
    void fill_settings() {
        const auto settings = scheduled_.settings(step_count_ + 1);
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            const auto fill = [&]<std::size_t N>() {
                constexpr int literal = detail::parts_of<Loss>::numbers + static_cast<int>(N);
                if constexpr (uses(literal + 1)) this->set_literal(literal, settings[N]);
            };
            (fill.template operator()<I>(), ...);
        }
        (std::make_index_sequence<Optimizer::setting_names.size()>{});
    }
    static constexpr bool uses(int literal) {
        for (const node& n : source::graph.nodes)
            if (n.attrs.literal == literal) return true;
        return false;
    }

    Optimizer optimizer_ = Form;
    Optimizer scheduled_ = Form;  ///< with the learning rate of the schedule
    std::function<double(std::int64_t, double)> schedule_;
    std::int64_t step_count_ = 0;
};

/// A trainer of a scalar loss, its weights initialised from the seed (he_normal, biases zero; `initialize` gives
/// others).
///
///     auto trainer = train(mean(cross_entropy(net(x), y)), sgd{.learning_rate = 0.1});
///
/// Error   "1 dimensions given, 0 wanted: train needs a scalar loss and gets (batch,); take its mean or sum first"
template <class T = float, class L, std::uint64_t I, int N, class Optimizer>
    requires(detail::may_optimize<Optimizer> && accepted<detail::train_rule<expr<L, I, N>, L, Optimizer>>)
auto train(expr<L, I, N> loss, const Optimizer& optimizer, std::uint64_t seed = 0) {
    return training_program<T, expr<L, I, N>, Optimizer>(loss, optimizer, seed);
}
template <class T = float, class L, std::uint64_t I, int N, class Optimizer,
          clashing sizes = misfit<detail::train_rule<expr<L, I, N>, L, Optimizer>>,
          sentence shape_error = why<detail::train_rule<expr<L, I, N>, L, Optimizer>>>
    requires detail::may_optimize<Optimizer>
constexpr invalid train(expr<L, I, N>, const Optimizer&, std::uint64_t = 0) GRADUS_REFUSED_NETWORK(shape_error);

/// The same with an optimizer that is known while compiling: the updates have exactly the terms that its settings ask
/// for, as a momentum. The numbers may still change between steps.
///
///     auto trainer = train<sgd{.lr = 0.1, .momentum = 0.9, .nesterov = true}>(loss);
///     auto exact = train<adam{.lr = 1e-3}, double>(loss);
template <auto Rule, class T = float, class L, std::uint64_t I, int N>
    requires(accepted<detail::train_rule<expr<L, I, N>, L, std::remove_cv_t<decltype(Rule)>>>)
auto train(expr<L, I, N> loss, std::uint64_t seed = 0) {
    using rule = std::remove_cv_t<decltype(Rule)>;
    return training_program<T, expr<L, I, N>, rule, Rule>(loss, Rule, seed);
}
template <auto Rule, class T = float, class L, std::uint64_t I, int N,
          clashing sizes = misfit<detail::train_rule<expr<L, I, N>, L, std::remove_cv_t<decltype(Rule)>>>,
          sentence shape_error = why<detail::train_rule<expr<L, I, N>, L, std::remove_cv_t<decltype(Rule)>>>>
constexpr invalid train(expr<L, I, N>, std::uint64_t = 0) GRADUS_REFUSED_NETWORK(shape_error);
template <class T = float, class Optimizer> invalid train(invalid, const Optimizer&, std::uint64_t = 0) { return {}; }
template <auto Rule, class T = float> invalid train(invalid, std::uint64_t = 0) { return {}; }

}  // namespace gradus
