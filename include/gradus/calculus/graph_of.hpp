// SPDX-License-Identifier: BSL-1.0
// From typed expressions to a finished graph: lowered, differentiated and simplified while the compiler runs; and
// `grad`, the gradient as an expression.
#pragma once
#include <gradus/calculus/connected.hpp>
#include <gradus/calculus/grad.hpp>
#include <gradus/calculus/simplify.hpp>
#include <gradus/graph/lower.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 11 "gradus/calculus/graph_of.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {

/// Builds the graph of the expression types `E`, with run-time literals in place of plain numbers.
template <bool Simplified, class... E> struct lowered {
    static constexpr builder build() {
        builder b(Simplified ? simplify : nullptr);
        lowering l(b, gradient);
        ((b.outputs.push_back({l.root(record_of<E>)})), ...);
        return b;
    }
};

}  // namespace detail

/// The graph of expression types, as programs are made from: plain numbers are literals whose value comes at run time.
template <class... E> inline constexpr auto lowered_graph = freeze<detail::lowered<true, E...>>();
/// The same as written: nothing is simplified (equal subexpressions are still one node).
template <class... E> inline constexpr auto written_graph = freeze<detail::lowered<false, E...>>();

namespace detail {
/// Whether expressions can be one network. A graph that is made anyway is asked; else the one as written.
template <bool Simplified, class... E> struct network_rule {
    static constexpr dims apply(fault* f) {
        if (!counts_of<lowered<Simplified, E...>>.clash) return {};
        if (f) {
            const builder b = lowered<Simplified, E...>::build();
            blame_clash(*f, b.view(), b.clash);
        }
        return no_shape;
    }
};

/// The plain numbers of expressions, in order.
template <int... N, class... S, std::uint64_t... I> constexpr auto numbers_of(const expr<S, I, N>&... e) {
    numbers<(0 + ... + N)> all;
    if constexpr ((0 + ... + N) > 0) {
        std::size_t next = 0;
        const auto take = [&](const auto& one) {
            if constexpr (parts_of<std::remove_cvref_t<decltype(one)>>::numbers > 0)
                for (double v : one.values) all.values[next++] = v;
        };
        (take(e), ...);
    }
    return all;
}
/// The numbers that a graph takes for one, because they stand at the same place of one type: in two outputs, or in a
/// loss and in what its gradient is taken by.
template <class... E> struct number_sharing {
    static constexpr growing<same_number> pairs() {
        builder b;
        lowering l(b, gradient);
        (l.root(record_of<E>), ...);
        return l.shared_numbers();
    }
    // clang 14 wants the vector to have a name: a temporary is no constant there
    static constexpr std::size_t count() {
        const growing<same_number> all = pairs();
        return all.size();
    }
    template <std::size_t Count> static constexpr auto listed() {
        std::array<same_number, Count> list{};
        const growing<same_number> all = pairs();
        for (std::size_t i = 0; i < Count; ++i) list[i] = all[i];
        return list;
    }
};
/// Throws unless these are equal.
template <class... E, int N> constexpr void check_numbers(const numbers<N>& all) {
    if constexpr (N > 1) {
        using sharing = number_sharing<E...>;
        constexpr auto pairs = sharing::template listed<sharing::count()>();
        for (const same_number& s : pairs)
            if (all.values[static_cast<std::size_t>(s.first)] != all.values[static_cast<std::size_t>(s.second)])
                throw std::invalid_argument(
                    "two expressions are alike but for a plain number; write it as constant<...> to tell them apart");
    }
}
/// A graph of typed expressions with its plain numbers filled in.
template <class Graph, int... N, class... S, std::uint64_t... I>
constexpr Graph with_numbers(Graph g, const expr<S, I, N>&... e) {
    if constexpr ((0 + ... + N) > 0) {
        const auto all = numbers_of(e...);
        check_numbers<expr<S, I, N>...>(all);
        for (node& n : g.nodes) {
            if (n.operation != op::constant || n.attrs.literal == 0) continue;
            n.attrs.value = all.values[static_cast<std::size_t>(n.attrs.literal - 1)];
            n.attrs.literal = 0;
        }
    }
    return g;
}
}  // namespace detail

/// The graph of expressions, one output each, simplified: `constexpr auto g = graph_of(loss, dW);`
///
/// Error   std::invalid_argument where two of them are alike but for a plain number, as 2.f * x and 3.f * x
/// Error   while compiling: "64 and 32 differ: W is (10, 64) and (10, 32) in one network; give one of them another
/// name"
template <class... S, std::uint64_t... I, int... N>
    requires(sizeof...(S) > 0 && accepted<detail::network_rule<true, expr<S, I, N>...>>)
constexpr auto graph_of(expr<S, I, N>... e) { return detail::with_numbers(lowered_graph<expr<S, I, N>...>, e...); }
template <class... S, std::uint64_t... I, int... N,
          clashing sizes = misfit<detail::network_rule<true, expr<S, I, N>...>>,
          sentence network_error = why<detail::network_rule<true, expr<S, I, N>...>>>
constexpr invalid graph_of(expr<S, I, N>...) GRADUS_REFUSED_NETWORK(network_error);

template <class... E>
    requires(is_invalid<E> || ...)
constexpr run_time_graph graph_of(const E&...) { return {}; }
template <class... A, sentence error = detail::misplaced<A...>("graph_of", "graph_of(loss, grad(loss, W))")>
    requires detail::are_misplaced<A...>
constexpr invalid graph_of(const A&...) GRADUS_REFUSED_MISPLACED(error, "graph_of takes expressions");

/// The graph as it was written, for pictures of what a student typed.
template <class... S, std::uint64_t... I, int... N>
    requires(sizeof...(S) > 0 && accepted<detail::network_rule<false, expr<S, I, N>...>>)
constexpr auto written_graph_of(expr<S, I, N>... e) {
    return detail::with_numbers(written_graph<expr<S, I, N>...>, e...);
}
template <class... S, std::uint64_t... I, int... N,
          clashing sizes = misfit<detail::network_rule<false, expr<S, I, N>...>>,
          sentence network_error = why<detail::network_rule<false, expr<S, I, N>...>>>
constexpr invalid written_graph_of(expr<S, I, N>...) GRADUS_REFUSED_NETWORK(network_error);
template <class... E>
    requires(is_invalid<E> || ...)
constexpr run_time_graph written_graph_of(const E&...) { return {}; }

/// The graph of expressions, made while the program runs: quicker to compile where nothing is wanted while compiling,
/// and plain numbers are simplified as well.
template <class... S, std::uint64_t... I, int... N>
    requires(sizeof...(S) > 0 && accepted<detail::network_rule<false, expr<S, I, N>...>>)
run_time_graph run_time_graph_of(const expr<S, I, N>&... e) {
    const auto all = detail::numbers_of(e...);
    std::span<const double> values;
    if constexpr ((0 + ... + N) > 0) values = all.values;
    builder b(simplify);
    lowering l(b, gradient, values, true);
    for (const record* r : {&record_of<expr<S, I, N>>...}) b.outputs.push_back({l.root(*r)});
    return finished(b);
}
template <class... S, std::uint64_t... I, int... N,
          clashing sizes = misfit<detail::network_rule<false, expr<S, I, N>...>>,
          sentence network_error = why<detail::network_rule<false, expr<S, I, N>...>>>
constexpr invalid run_time_graph_of(const expr<S, I, N>&...) GRADUS_REFUSED_NETWORK(network_error);
template <class... E>
    requires(is_invalid<E> || ...)
run_time_graph run_time_graph_of(const E&...) { return {}; }

namespace detail {

/// A leaf of a loss by the hash of its full name, so that each `grad` looks its own up quickly.
struct leaf_inside {
    std::uint64_t name = 0;
    dims shape;
    bool reached = false;  ///< by the gradient
};
template <class Loss> struct leaves_inside {
    static constexpr std::size_t count = lowered<false, Loss>::build().leaves().size();
    static constexpr auto value = [] {
        std::array<leaf_inside, count> all{};
        const builder b = lowered<false, Loss>::build();
        const growing<char> reached = reached_by_gradient(b.view(), b.outputs[0].node);
        for (std::size_t i = 0; i < count; ++i)
            all[i] = {b.leaf_names()[i], b.shape(b.leaves()[i]), reached[static_cast<std::size_t>(b.leaves()[i])] != 0};
        return all;
    }();
};

/// What becomes of a gradient by something.
enum class found_in_loss { none, unreached, reached };

/// Both in one builder: the loss and what its gradient is taken by.
template <class Loss, class W> struct both_lowered {
    builder b;
    node_id loss;
    node_id by;
    constexpr both_lowered() {
        lowering l(b, gradient);
        loss = l.root(record_of<Loss>);
        by = l.root(record_of<W>);
    }
};
/// Whether an expression is a part of the loss, and the gradient reaches it. A leaf is looked up by its full name, so a
/// layer's "fc1.weight" is found.
template <class Loss, class W> constexpr found_in_loss find_in_loss() {
    constexpr record w = record_of<W>;
    if constexpr (w.operation == op::input || w.operation == op::parameter) {
        for (const leaf_inside& leaf : leaves_inside<Loss>::value)
            if (leaf.name == hash_text(w.name) && leaf.shape == w.shape)
                return leaf.reached ? found_in_loss::reached : found_in_loss::unreached;
        return found_in_loss::none;
    } else {
        const both_lowered<Loss, W> both;
        growing<char> inside(static_cast<std::size_t>(both.b.size()), 0);
        inside[static_cast<std::size_t>(both.loss)] = 1;
        for (node_id i = both.loss; i > both.by; --i)
            if (inside[static_cast<std::size_t>(i)])
                for (node_id operand : both.b[i].uses()) inside[static_cast<std::size_t>(operand)] = 1;
        if (!inside[static_cast<std::size_t>(both.by)]) return found_in_loss::none;
        const growing<char> reached = reached_by_gradient(both.b.view(), both.loss);
        return reached[static_cast<std::size_t>(both.by)] ? found_in_loss::reached : found_in_loss::unreached;
    }
}
/// Writes `W (10, 64)`, or of what is computed `mul of shape (10, 64)`.
constexpr sentence& write_expression(sentence& s, const record& r) {
    if (r.operation == op::constant) return s << "a number";
    const bool leaf = r.operation == op::input || r.operation == op::parameter;
    if (leaf) return s << std::string_view(r.name) << " " << r.shape;
    return s << "this " << std::string_view(r.name ? r.name : info(r.operation).name) << " of shape " << r.shape;
}

template <class Loss, class W> struct grad_rule {
    static constexpr dims loss = dims_of<shape_of<Loss>>;

    static constexpr dims apply(fault* f) {
        if constexpr (loss.rank == 0) {
            // A clash in the loss is told by itself; one between the loss and W is a W that the loss does not contain.
            if (find_in_loss<Loss, W>() == found_in_loss::reached && !counts_of<lowered<false, Loss>>.clash) return {};
        }
        if (f) blame(*f);
        return no_shape;
    }

  private:
    static constexpr void blame(fault& f) {
        f.second = 1;
        if constexpr (dims_of<shape_of<W>>.rank == 0 && record_of<W>.operation != op::constant) {
            if (find_in_loss<W, Loss>() == found_in_loss::reached) {
                write_expression(f.why << "the loss first: ", record_of<Loss>)
                    << " is a part of the second argument, not the other way round; write grad(loss, W)";
                return;
            }
        }
        if constexpr (loss.rank != 0) {
            f.first = loss.rank;
            f.second = 0;
            f.why << loss.rank << " dimensions given, 0 wanted: grad needs a scalar loss and gets " << loss
                  << "; take its mean or sum first";
        } else {
            const both_lowered<Loss, W> both;
            const builder alone = lowered<false, Loss>::build();
            if (alone.clash)
                blame_clash(f, alone.view(), alone.clash);
            else if (find_in_loss<Loss, W>() == found_in_loss::none)
                blame_missing(f, alone.view());
            else
                write_stop(write_expression(f.why << "no gradient reaches ", record_of<W>) << ": ",
                           both.b[where_gradient_stops(both.b.view(), both.loss, both.by)].operation);
        }
    }
    static constexpr void blame_missing(fault& f, graph_view g) {
        constexpr record w = record_of<W>;
        write_expression(f.why << "the loss does not contain ", w);
        if constexpr (w.operation == op::input || w.operation == op::parameter) {
            const node_id there = find_leaf(g, w.name);
            if (there != no_node) {
                f.why << "; there it is " << g[there].shape << ", so there is no gradient by it";
            } else {
                f.why << ", so there is no gradient by it";
                write_nearest(f.why, g, w.operation, w.name);
            }
        } else {
            f.why << ", so there is no gradient by it; name a parameter, an input or a value that the loss is made of";
        }
    }
};
}  // namespace detail

/// The gradient of a scalar loss by a parameter, an input or any expression inside it: an expression with the shape of
/// `wrt`, like any other.
///
///     constexpr auto dW = grad(loss, W);
///
/// Error   "1 dimensions given, 0 wanted: grad needs a scalar loss and gets (batch,); take its mean or sum first"
/// Error   "the loss does not contain V (10, 64), so there is no gradient by it; the nearest is W (10, 64)"
/// Error   "no gradient reaches W (10, 64): argmax stops it, being flat; ..."
template <class L, std::uint64_t I, int N, class W, std::uint64_t J, int M>
    requires(accepted<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>)
constexpr auto grad(expr<L, I, N> loss, expr<W, J, M> wrt) {
    return detail::applied<op::grad, detail::plain, W>(loss, wrt);
}
template <class L, std::uint64_t I, int N, class W, std::uint64_t J, int M,
          clashing sizes = misfit<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>,
          sentence shape_error = why<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>>
constexpr invalid grad(expr<L, I, N>, expr<W, J, M>) GRADUS_REFUSED_NETWORK(shape_error);

namespace detail {
/// The sentence of a `grad` that says not by what, with the leaves that it could be.
template <class Loss> constexpr sentence by_what(std::string_view given) {
    const builder b = lowered<false, Loss>::build();
    const growing<char> reached = reached_by_gradient(b.view(), b.outputs[0].node);
    sentence s;
    s << "grad takes a loss and what to differentiate by, " << given << "; write grad(loss, W)";
    int listed = 0;
    for (op kind : {op::parameter, op::input})
        for (node_id leaf : b.leaves())
            if (b[leaf].is(kind) && reached[static_cast<std::size_t>(leaf)] && ++listed <= 6)
                write_leaf_name(s << (listed == 1 ? "; this loss has gradients by " : ", "), b.view(), b[leaf]);
    return s << (listed > 6 ? " and more" : "");
}
template <class Loss, class W> constexpr sentence by_stranger() {
    if constexpr (std::is_arithmetic_v<W>)
        return by_what<Loss>("a number is given");
    else if constexpr (std::is_convertible_v<W, std::string_view>)
        return by_what<Loss>("a text is given");
    else
        return by_what<Loss>("no expression is given");
}
template <class T> inline constexpr bool is_strange_to_grad = !is_expression<T> && !is_invalid<T>;
}  // namespace detail

template <class L, std::uint64_t I, int N, class W, sentence error = detail::by_stranger<expr<L, I, N>, W>()>
    requires(detail::is_strange_to_grad<std::remove_cvref_t<W>>)
constexpr invalid grad(expr<L, I, N>, const W&)
    GRADUS_REFUSED_AS(error, "grad is taken by a part of the loss, and this is no expression: write grad(loss, W)");
template <class L, std::uint64_t I, int N, sentence error = detail::by_what<expr<L, I, N>>("one is given")>
constexpr invalid grad(expr<L, I, N>)
    GRADUS_REFUSED_AS(error, "grad takes two arguments: the loss, and what to differentiate by: write grad(loss, W)");
template <class T, class W, std::uint64_t J, int M,
          sentence error = sentence("grad takes a scalar loss first, and this is no expression; write grad(loss, W)")>
    requires(detail::is_strange_to_grad<std::remove_cvref_t<T>>)
constexpr invalid grad(const T&, expr<W, J, M>)
    GRADUS_REFUSED_AS(error, "grad takes a scalar loss first, and this is no expression: write grad(loss, W)");
template <class L, std::uint64_t I, int N, class A, class B, class... More,
          sentence error = sentence("grad takes one loss and one thing to differentiate by; "
                                    "write grad(loss, W) and grad(loss, b), each by itself")>
constexpr invalid grad(expr<L, I, N>, const A&, const B&, const More&...)
    GRADUS_REFUSED_AS(error, "grad takes one thing to differentiate by: write grad(loss, W) and grad(loss, b)");

}  // namespace gradus
