// SPDX-License-Identifier: BSL-1.0
// From typed expressions to a finished graph: lowered, differentiated and simplified while the compiler runs; and
// `grad`, the gradient as an expression.
#pragma once
#include <gradus/calculus/grad.hpp>
#include <gradus/calculus/simplify.hpp>
#include <gradus/expr/checked.hpp>
#include <gradus/graph/lower.hpp>

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
template <class... S, std::uint64_t... I, int... N> constexpr auto graph_of(expr<S, I, N>... e) {
    return detail::with_numbers(lowered_graph<expr<S, I, N>...>, e...);
}

template <class... E>
    requires(is_invalid<E> || ...)
constexpr run_time_graph graph_of(const E&...) { return {}; }

/// The graph as it was written, for pictures of what a student typed.
template <class... S, std::uint64_t... I, int... N> constexpr auto written_graph_of(expr<S, I, N>... e) {
    return detail::with_numbers(written_graph<expr<S, I, N>...>, e...);
}
template <class... E>
    requires(is_invalid<E> || ...)
constexpr run_time_graph written_graph_of(const E&...) { return {}; }

/// The graph of expressions, made while the program runs: quicker to compile where nothing is wanted while compiling,
/// and plain numbers are simplified as well.
template <class... S, std::uint64_t... I, int... N> run_time_graph run_time_graph_of(const expr<S, I, N>&... e) {
    const auto all = detail::numbers_of(e...);
    std::span<const double> values;
    if constexpr ((0 + ... + N) > 0) values = all.values;
    builder b(simplify);
    lowering l(b, gradient, values, true);
    for (const record* r : {&record_of<expr<S, I, N>>...}) b.outputs.push_back({l.root(*r)});
    return finished(b);
}
template <class... E>
    requires(is_invalid<E> || ...)
run_time_graph run_time_graph_of(const E&...) { return {}; }

namespace detail {

/// The leaves of an expression, by the hashes of their full names, so that each `grad` looks its own up quickly.
struct leaf_inside {
    std::uint64_t name = 0;
    dims shape;
};
template <class E> struct leaves_inside {
    static constexpr std::size_t count = lowered<false, E>::build().leaves().size();
    static constexpr auto value = [] {
        std::array<leaf_inside, count> all{};
        const builder b = lowered<false, E>::build();
        for (std::size_t i = 0; i < count; ++i) all[i] = {b.leaf_names()[i], b.shape(b.leaves()[i])};
        return all;
    }();
    static constexpr const dims* find(std::uint64_t name) {
        for (const leaf_inside& leaf : value)
            if (leaf.name == name) return &leaf.shape;
        return nullptr;
    }
};

/// Whether an expression is a part of the loss. A leaf is looked up by its full name, so a layer's "fc1.weight" is
/// found.
template <class Loss, class W> constexpr bool contains() {
    constexpr record w = record_of<W>;
    if constexpr (w.name != nullptr && w.operation != op::apply) {
        const dims* const there = leaves_inside<Loss>::find(hash_text(w.name));
        return there != nullptr && *there == w.shape;
    } else {
        builder b;
        lowering l(b, gradient);
        const node_id loss = l.root(record_of<Loss>);
        const node_id wrt = l.root(record_of<W>);
        growing<char> reached(static_cast<std::size_t>(b.size()), 0);
        reached[static_cast<std::size_t>(loss)] = 1;
        for (node_id i = loss; i > wrt; --i)
            if (reached[static_cast<std::size_t>(i)])
                for (node_id operand : b[i].uses()) reached[static_cast<std::size_t>(operand)] = 1;
        return reached[static_cast<std::size_t>(wrt)] != 0;
    }
}

template <class Loss, class W> struct grad_rule {
    static constexpr dims apply(fault* f) {
        constexpr dims loss = dims_of<shape_of<Loss>>;
        if constexpr (loss.rank != 0) {
            if (f) {
                f->first = loss.rank;
                f->second = 0;
                f->why << loss.rank << " dimensions given, 0 wanted: grad needs a scalar loss and gets " << loss
                       << "; take its mean or sum first";
            }
            return no_shape;
        } else {
            if (contains<Loss, W>()) return {};
            if (f) {
                constexpr record w = record_of<W>;
                f->first = 0;
                f->second = 1;
                f->why << "the loss does not contain ";
                if constexpr (w.name != nullptr) {
                    f->why << w.name << " " << w.shape;
                    const dims* const there = leaves_inside<Loss>::find(hash_text(w.name));
                    if (there) f->why << "; there it is " << *there;
                } else {
                    f->why << "the expression of shape " << w.shape;
                }
                f->why << ", so there is no gradient by it";
            }
            return no_shape;
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
/// Error   "the loss does not contain V (10, 64), so there is no gradient by it"
template <class L, std::uint64_t I, int N, class W, std::uint64_t J, int M>
    requires(accepted<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>)
constexpr auto grad(expr<L, I, N> loss, expr<W, J, M> wrt) {
    return detail::applied<op::grad, detail::plain, W>(loss, wrt);
}
template <class L, std::uint64_t I, int N, class W, std::uint64_t J, int M,
          clashing sizes = misfit<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>,
          sentence shape_error = why<detail::grad_rule<expr<L, I, N>, expr<W, J, M>>>>
constexpr invalid grad(expr<L, I, N>, expr<W, J, M>) GRADUS_REFUSED(shape_error);

}  // namespace gradus
