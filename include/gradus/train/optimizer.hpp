// SPDX-License-Identifier: BSL-1.0
// Optimizers as part of the graph: how a parameter follows from its old value and its gradient. So an update can be
// printed, drawn and fused like everything else. Names, defaults and formulas are PyTorch's.
#pragma once
#include <gradus/calculus/parameters.hpp>
#include <gradus/calculus/update.hpp>
#include <charconv>
#include <stdexcept>
#include <string>

namespace gradus {

/// The long name of `lr`: `sgd{.learning_rate = 0.1}`. It only starts an optimizer; `lr` is the number that counts.
struct learning_rate_name {
    double value;
    constexpr learning_rate_name(double v) : value(v) {}
    learning_rate_name& operator=(double) = delete;  // change lr
    friend constexpr bool operator==(const learning_rate_name&, const learning_rate_name&) = default;
};

/// Two numbers below 1: how much of the average of gradients, and of their squares, stays at each step.
struct beta_pair {
    double first = 0.9;
    double second = 0.999;
};

namespace detail {

/// A number in the fewest digits that give it back.
inline std::string digits_of(double v) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, v).ptr};
}
[[noreturn]] inline void refuse_setting(const char* optimizer, const char* setting, double given, const char* wanted) {
    throw std::invalid_argument(std::string(optimizer) + ": " + setting + " is " + digits_of(given) + ", " + wanted +
                                " wanted");
}
/// Throws unless v is a number from 0 on.
constexpr void check_positive(const char* optimizer, const char* setting, double v) {
    if (!(v >= 0 && v < 1e300)) refuse_setting(optimizer, setting, v, "a number of at least 0");
}
constexpr void check_share(const char* optimizer, const char* setting, double v) {
    if (!(v >= 0 && v < 1)) refuse_setting(optimizer, setting, v, "a number from 0 to below 1");
}
constexpr void check_rate(const char* optimizer, const learning_rate_name& name, double lr, double usual) {
    check_positive(optimizer, "lr", lr);
    if (name.value != lr && name.value != usual)
        refuse_setting(optimizer, "learning_rate", name.value, "the same number as lr");
}

/// What every optimizer has; each gives `lr` and `learning_rate` by itself, so that it stays an aggregate.
template <class Optimizer> constexpr Optimizer with_rate(Optimizer o, double rate) {
    o.lr = rate;
    o.learning_rate = learning_rate_name(rate);
    return o;
}

}  // namespace detail

/// Stochastic gradient descent: p - lr g; with momentum v = momentum v + (1 - dampening) g, and p - lr v, or by
/// Nesterov p - lr (g + momentum v). Weight decay adds weight_decay p to the gradient. At the first step v = g.
///
///     auto trainer = train(loss, sgd{.lr = 0.1});
///     auto trainer = train<sgd{.lr = 0.1, .momentum = 0.9, .nesterov = true}>(loss);
///
/// State   momentum_buffer
/// Source  Robbins, Monro: A Stochastic Approximation Method, 1951; Sutskever and others: On the importance of
///         initialization and momentum in deep learning, 2013; PyTorch's SGD
struct sgd {
    learning_rate_name learning_rate = 1e-3;  ///< another name of lr
    double lr = learning_rate.value;
    double momentum = 0;
    double dampening = 0;
    double weight_decay = 0;
    bool nesterov = false;

    static constexpr std::array<const char*, 4> setting_names{"learning_rate", "momentum", "dampening", "weight_decay"};
    /// The numbers of step 1, 2, ...
    constexpr std::array<double, 4> settings(std::int64_t step = 2) const {
        return {lr, momentum, step == 1 ? 0 : dampening, weight_decay};
    }
    /// Whether they depend on the step.
    constexpr bool counts_steps() const { return momentum != 0 && dampening != 0; }
    /// The terms that the update has where the numbers are known at run time only: a momentum would cost every program
    /// a tensor for each parameter.
    static constexpr sgd usual() { return {}; }
    /// A term that `given` needs and this one, from which a graph was made, does not have.
    constexpr const char* missing(const sgd& given) const {
        if (given.momentum != 0 && momentum == 0) return "momentum";
        if (given.dampening != 0 && dampening == 0) return "dampening";
        if (given.weight_decay != 0 && weight_decay == 0) return "weight_decay";
        return given.nesterov != nesterov ? "nesterov" : nullptr;
    }
    constexpr void check() const {
        detail::check_rate("sgd", learning_rate, lr, 1e-3);
        detail::check_positive("sgd", "momentum", momentum);
        detail::check_positive("sgd", "weight_decay", weight_decay);
        if (nesterov && !(momentum > 0))
            detail::refuse_setting("sgd", "momentum", momentum, "with nesterov a number above 0");
        if (nesterov && dampening != 0) detail::refuse_setting("sgd", "dampening", dampening, "with nesterov 0");
    }
    constexpr double initial_state() const { return 0; }
    constexpr double rate() const { return lr; }
    constexpr sgd with_rate(double rate) const { return detail::with_rate(*this, rate); }

    /// The node of the parameter's next value.
    constexpr node_id update(update_context& c) const {
        builder& b = c.b;
        const node_id momentum_ = c.settings[1];
        node_id g = c.decayed_gradient(weight_decay != 0 ? c.settings[3] : no_node);
        if (momentum != 0) {
            const node_id buffer = c.state("momentum_buffer");
            const node_id part = dampening != 0 ? b.mul(b.sub(b.constant(1), c.settings[2]), g) : g;
            const node_id v = c.keep(buffer, b.add(b.mul(momentum_, buffer), part));
            g = nesterov ? b.add(g, b.mul(momentum_, v)) : v;
        }
        return b.sub(c.parameter, b.mul(c.settings[0], g));
    }
};

/// A rate for each element, smaller where gradients were large: sum + g^2, and p - lr / (1 + (t - 1) lr_decay) g /
/// (sqrt(sum) + eps) at step t.
///
/// State   sum
/// Source  Duchi, Hazan, Singer: Adaptive Subgradient Methods, 2011; PyTorch's Adagrad
struct adagrad {
    learning_rate_name learning_rate = 1e-2;  ///< another name of lr
    double lr = learning_rate.value;
    double lr_decay = 0;
    double weight_decay = 0;
    double initial_accumulator_value = 0;
    double eps = 1e-10;

    static constexpr std::array<const char*, 5> setting_names{"learning_rate", "lr_decay", "weight_decay", "eps", "t"};
    constexpr std::array<double, 5> settings(std::int64_t step = 1) const {
        return {lr, lr_decay, weight_decay, eps, static_cast<double>(step)};
    }
    constexpr bool counts_steps() const { return lr_decay != 0; }
    static constexpr adagrad usual() { return {.lr_decay = 1, .weight_decay = 1}; }
    constexpr const char* missing(const adagrad& given) const {
        if (given.lr_decay != 0 && lr_decay == 0) return "lr_decay";
        return given.weight_decay != 0 && weight_decay == 0 ? "weight_decay" : nullptr;
    }
    constexpr void check() const {
        detail::check_rate("adagrad", learning_rate, lr, 1e-2);
        detail::check_positive("adagrad", "lr_decay", lr_decay);
        detail::check_positive("adagrad", "weight_decay", weight_decay);
        detail::check_positive("adagrad", "initial_accumulator_value", initial_accumulator_value);
        detail::check_positive("adagrad", "eps", eps);
    }
    constexpr double initial_state() const { return initial_accumulator_value; }
    constexpr double rate() const { return lr; }
    constexpr adagrad with_rate(double rate) const { return detail::with_rate(*this, rate); }

    constexpr node_id update(update_context& c) const {
        builder& b = c.b;
        const node_id g = c.decayed_gradient(weight_decay != 0 ? c.settings[2] : no_node);
        const node_id old = c.state("sum");
        const node_id sum = c.keep(old, b.add(old, c.square(g)));
        const node_id one = b.constant(1);
        node_id rate = c.settings[0];
        if (lr_decay != 0) rate = b.div(rate, b.add(one, b.mul(b.sub(c.settings[4], one), c.settings[1])));
        return b.sub(c.parameter, b.mul(rate, b.div(g, b.add(c.root(sum), c.settings[3]))));
    }
};

/// The gradient divided by the root of a moving average of its squares: v = alpha v + (1 - alpha) g^2, and p - lr g /
/// (sqrt(v) + eps). `centered` takes the square of the average gradient off v; with momentum the quotient is added to
/// momentum times a buffer, which moves the parameter.
///
///     train(loss, rmsprop{.lr = 1e-3});   train<rmsprop{.momentum = 0.9, .centered = true}>(loss);
///
/// State   square_avg, grad_avg (centered), momentum_buffer (momentum)
/// Source  Hinton: Neural Networks for Machine Learning, lecture 6e, 2012; Graves: Generating Sequences, 2013;
///         PyTorch's RMSprop
struct rmsprop {
    learning_rate_name learning_rate = 1e-2;  ///< another name of lr
    double lr = learning_rate.value;
    double alpha = 0.99;
    double eps = 1e-8;
    double weight_decay = 0;
    double momentum = 0;
    bool centered = false;

    static constexpr std::array<const char*, 5> setting_names{"learning_rate", "alpha", "eps", "weight_decay",
                                                              "momentum"};
    constexpr std::array<double, 5> settings(std::int64_t = 1) const {
        return {lr, alpha, eps, weight_decay, momentum};
    }
    constexpr bool counts_steps() const { return false; }
    static constexpr rmsprop usual() { return {.weight_decay = 1}; }
    constexpr const char* missing(const rmsprop& given) const {
        if (given.momentum != 0 && momentum == 0) return "momentum";
        if (given.weight_decay != 0 && weight_decay == 0) return "weight_decay";
        return given.centered != centered ? "centered" : nullptr;
    }
    constexpr void check() const {
        detail::check_rate("rmsprop", learning_rate, lr, 1e-2);
        detail::check_positive("rmsprop", "alpha", alpha);
        detail::check_positive("rmsprop", "eps", eps);
        detail::check_positive("rmsprop", "weight_decay", weight_decay);
        detail::check_positive("rmsprop", "momentum", momentum);
    }
    constexpr double initial_state() const { return 0; }
    constexpr double rate() const { return lr; }
    constexpr rmsprop with_rate(double rate) const { return detail::with_rate(*this, rate); }

    constexpr node_id update(update_context& c) const {
        builder& b = c.b;
        const node_id g = c.decayed_gradient(weight_decay != 0 ? c.settings[3] : no_node);
        const node_id old = c.state("square_avg");
        const node_id square_avg = c.keep(old, c.average(c.settings[1], old, c.square(g)));
        node_id under_root = square_avg;
        if (centered) {
            const node_id old_mean = c.state("grad_avg");
            const node_id grad_avg = c.keep(old_mean, c.average(c.settings[1], old_mean, g));
            under_root = b.sub(square_avg, c.square(grad_avg));
        }
        node_id step = b.div(g, b.add(c.root(under_root), c.settings[2]));
        if (momentum != 0) {
            const node_id buffer = c.state("momentum_buffer");
            step = c.keep(buffer, b.add(b.mul(c.settings[4], buffer), step));
        }
        return b.sub(c.parameter, b.mul(c.settings[0], step));
    }
};

namespace detail {
/// m_hat / (sqrt(v_hat) + eps), with m and v the moving averages of g and g^2, and a hat for the division by 1 - beta^t
/// that makes up for their start at zero. `settings`: beta1, beta2, eps, t.
constexpr node_id adam_step(update_context& c, node_id g, bool amsgrad, const node_id* settings) {
    builder& b = c.b;
    const auto unbiased = [&](node_id average, node_id beta) {
        return b.div(average, b.sub(b.constant(1), b.binary(op::pow, beta, settings[3])));
    };
    const node_id old_m = c.state("exp_avg");
    const node_id m = c.keep(old_m, c.average(settings[0], old_m, g));
    const node_id old_v = c.state("exp_avg_sq");
    node_id v = c.keep(old_v, c.average(settings[1], old_v, c.square(g)));
    if (amsgrad) {
        const node_id old_max = c.state("max_exp_avg_sq");
        v = c.keep(old_max, b.binary(op::maximum, old_max, v));
    }
    const node_id m_hat = c.named("m_hat", unbiased(m, settings[0]));
    const node_id v_hat = c.named("v_hat", unbiased(v, settings[1]));
    return b.div(m_hat, b.add(c.root(v_hat), settings[2]));
}
template <class Adam> constexpr void check_adam(const char* name, const Adam& a) {
    check_rate(name, a.learning_rate, a.lr, 1e-3);
    check_share(name, "betas.first", a.betas.first);
    check_share(name, "betas.second", a.betas.second);
    check_positive(name, "eps", a.eps);
    check_positive(name, "weight_decay", a.weight_decay);
}
}  // namespace detail

/// Momentum and a rate for each element: p - lr m_hat / (sqrt(v_hat) + eps), with moving averages m of the gradient and
/// v of its square. `amsgrad` takes the largest v so far. Weight decay is added to the gradient; see adamw.
///
///     train(loss, adam{.lr = 1e-3, .betas = {0.9, 0.999}, .eps = 1e-8});
///
/// State   exp_avg, exp_avg_sq, max_exp_avg_sq (amsgrad)
/// Source  Kingma, Ba: Adam, 2015, algorithm 1; Reddi, Kale, Kumar: On the Convergence of Adam, 2018; PyTorch's Adam
struct adam {
    learning_rate_name learning_rate = 1e-3;  ///< another name of lr
    double lr = learning_rate.value;
    beta_pair betas{};
    double eps = 1e-8;
    double weight_decay = 0;
    bool amsgrad = false;

    static constexpr std::array<const char*, 6> setting_names{"learning_rate", "beta1", "beta2",
                                                              "eps",           "t",     "weight_decay"};
    constexpr std::array<double, 6> settings(std::int64_t step = 1) const {
        return {lr, betas.first, betas.second, eps, static_cast<double>(step), weight_decay};
    }
    constexpr bool counts_steps() const { return true; }
    static constexpr adam usual() { return {.weight_decay = 1}; }
    constexpr const char* missing(const adam& given) const {
        if (given.weight_decay != 0 && weight_decay == 0) return "weight_decay";
        return given.amsgrad != amsgrad ? "amsgrad" : nullptr;
    }
    constexpr void check() const { detail::check_adam("adam", *this); }
    constexpr double initial_state() const { return 0; }
    constexpr double rate() const { return lr; }
    constexpr adam with_rate(double rate) const { return detail::with_rate(*this, rate); }

    constexpr node_id update(update_context& c) const {
        const node_id g = c.decayed_gradient(weight_decay != 0 ? c.settings[5] : no_node);
        const node_id step = detail::adam_step(c, g, amsgrad, c.settings + 1);
        return c.b.sub(c.parameter, c.b.mul(c.settings[0], step));
    }
};

/// Adam with the weight decay beside the gradient: p - lr (m_hat / (sqrt(v_hat) + eps) + weight_decay p).
///
/// State   as adam
/// Source  Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019, algorithm 2; PyTorch's AdamW
struct adamw {
    learning_rate_name learning_rate = 1e-3;  ///< another name of lr
    double lr = learning_rate.value;
    beta_pair betas{};
    double eps = 1e-8;
    double weight_decay = 1e-2;
    bool amsgrad = false;

    static constexpr std::array<const char*, 6> setting_names = adam::setting_names;
    constexpr std::array<double, 6> settings(std::int64_t step = 1) const {
        return {lr, betas.first, betas.second, eps, static_cast<double>(step), weight_decay};
    }
    constexpr bool counts_steps() const { return true; }
    static constexpr adamw usual() { return {}; }
    constexpr const char* missing(const adamw& given) const {
        if (given.weight_decay != 0 && weight_decay == 0) return "weight_decay";
        return given.amsgrad != amsgrad ? "amsgrad" : nullptr;
    }
    constexpr void check() const { detail::check_adam("adamw", *this); }
    constexpr double initial_state() const { return 0; }
    constexpr double rate() const { return lr; }
    constexpr adamw with_rate(double rate) const { return detail::with_rate(*this, rate); }

    constexpr node_id update(update_context& c) const {
        builder& b = c.b;
        node_id step = detail::adam_step(c, c.gradient, amsgrad, c.settings + 1);
        const node_id d = c.decay(weight_decay != 0 ? c.settings[5] : no_node);
        if (d != no_node) step = b.add(step, b.mul(d, c.parameter));
        return b.sub(c.parameter, b.mul(c.settings[0], step));
    }
};

namespace detail {

/// The graph of a training step: the loss, and each of its parameters and states assigned its next value. `Form` says
/// which terms the updates have; its numbers, the settings, are run-time numbers behind those of the loss.
template <class Loss, class Optimizer, Optimizer Form = Optimizer::usual()> struct training_step {
    static constexpr int setting_count = static_cast<int>(Optimizer::setting_names.size());

    static constexpr builder build() {
        builder b(simplify);
        lowering l(b, gradient);
        const node_id loss = l.root(record_of<Loss>);
        b.outputs.push_back({loss});
        std::array<node_id, Optimizer::setting_names.size() + 1> settings{};
        for (int i = 0; i < setting_count; ++i) {
            node n;
            n.operation = op::constant;
            n.attrs.literal = parts_of<Loss>::numbers + i + 1;
            n.name = Optimizer::setting_names[static_cast<std::size_t>(i)];
            settings[static_cast<std::size_t>(i)] = b.add(n);
        }
        const int forward = b.size();
        growing<node_id> parameters;
        growing<node_id> gradients;
        for (node_id p = 0; p < forward; ++p) {
            if (!b[p].is(op::parameter)) continue;
            parameters.push_back(p);
            gradients.push_back(gradient(b, loss, p));
        }
        if constexpr (requires { Form.prepare(b, gradients, settings.data()); })
            Form.prepare(b, gradients, settings.data());
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            b.layer = b[parameters[i]].layer;
            update_context c{b, parameters[i], gradients[i], settings.data()};
            const node_id next = Form.update(c);
            b.outputs.push_back({next, parameters[i]});
            for (const output& o : c.kept) b.outputs.push_back(o);
        }
        return b;
    }
    static constexpr auto graph = freeze<training_step>();
};

}  // namespace detail
}  // namespace gradus
