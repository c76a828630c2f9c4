// SPDX-License-Identifier: BSL-1.0
// What can be trained: a scalar loss whose parameters all have a gradient. And the calls of `train` that are none.
#pragma once
#include <gradus/program/compile.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 7 "gradus/train/trainable.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {

/// Whether a loss can be trained.
template <class Loss> struct trainable_rule {
    static constexpr dims apply(fault* f) {
        constexpr dims loss = dims_of<shape_of<Loss>>;
        if constexpr (loss.rank != 0) {
            if (f) {
                f->first = loss.rank;
                f->why << loss.rank << " dimensions given, 0 wanted: train needs a scalar loss and gets " << loss
                       << "; take its mean or sum first";
            }
            return no_shape;
        } else if constexpr (!accepted<network_rule<true, Loss>>) {
            return network_rule<true, Loss>::apply(f);
        } else {
            constexpr graph_view g = lowered_graph<Loss>;
            constexpr node_id end = g.outputs[0].node;
            if (f) f->second = 1;
            if (parameter_count<graph_source<Loss>> == 0) {
                if (f)
                    f->why
                        << "0 parameters in the loss: there is nothing to train; write its weights as parameter<...>";
                return no_shape;
            }
            const growing<char> reached = reached_by_gradient(g, end);
            for (node_id i = 0; i < g.size(); ++i) {
                if (!g[i].is(op::parameter) || reached[static_cast<std::size_t>(i)]) continue;
                if (f) {
                    write_leaf(f->why << "no gradient reaches ", g, i) << ": ";
                    write_stop(f->why, g[where_gradient_stops(g, end, i)].operation);
                    if (g[i].layer < 0) f->why << "; or make it an input, which training leaves alone";
                }
                return no_shape;
            }
            return {};
        }
    }
};

template <class T> inline constexpr bool is_binding = false;
template <class E, class X> inline constexpr bool is_binding<bound<E, X>> = true;

/// Whether something may be an optimizer. What it must have is in optimizer.hpp.
template <class T>
inline constexpr bool may_optimize =
    std::is_class_v<T> && !is_expression<T> && !is_invalid<T> && !is_binding<T> && !is_misplaced<T>;

template <class O> constexpr sentence no_optimizer() {
    sentence s;
    s << "train takes a loss and an optimizer, ";
    if (std::is_arithmetic_v<O>)
        return s << "a number is given for the optimizer; write the learning rate as sgd{.learning_rate = 0.1}";
    if (is_binding<O>)
        return s << "a tensor is given for the optimizer; give the data to each step: trainer.step(x = images)";
    if (is_expression<O>)
        return s << "an expression is given for the optimizer: train moves all parameters of the loss; write "
                    "train(loss, sgd{.learning_rate = 0.1})";
    return s << "something else is given for the optimizer; write train(loss, sgd{.learning_rate = 0.1})";
}

}  // namespace detail

template <class T = float, class L, std::uint64_t I, int N,
          sentence error = sentence("train takes a loss and an optimizer, 1 of 2 is given; write "
                                    "train(loss, sgd{.learning_rate = 0.1})")>
constexpr invalid train(expr<L, I, N>)
    GRADUS_REFUSED_AS(error, "train takes an optimizer, too: write train(loss, sgd{.learning_rate = 0.1})");
template <class T = float, class L, std::uint64_t I, int N, class O, class... More,
          sentence error = detail::no_optimizer<O>()>
    requires(!detail::may_optimize<O> && !is_invalid<O>)
constexpr invalid train(expr<L, I, N>, const O&, const More&...)
    GRADUS_REFUSED_AS(error, "the second argument of train is an optimizer: write sgd{.learning_rate = 0.1}");
template <class T = float, class O, class L, std::uint64_t I, int N, class... More,
          sentence error = sentence("train takes the loss first and the optimizer second; write train(loss, sgd{...})")>
    requires detail::may_optimize<O>
constexpr invalid train(const O&, expr<L, I, N>, const More&...)
    GRADUS_REFUSED_AS(error, "train takes the loss first: write train(loss, sgd{.learning_rate = 0.1})");
template <class T = float, class A, class... More,
          sentence error = detail::misplaced<A>("train", "train(loss, sgd{.learning_rate = 0.1})")>
    requires detail::is_misplaced<A>
constexpr invalid train(const A&, const More&...) GRADUS_REFUSED_MISPLACED(error, "train takes a scalar loss first");

}  // namespace gradus
