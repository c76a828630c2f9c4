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
    return numbers<(0 + ... + N)>(e...);
}
/// A graph of typed expressions with its plain numbers filled in.
template <class Graph, int... N, class... S, std::uint64_t... I>
constexpr Graph with_numbers(Graph g, const expr<S, I, N>&... e) {
    if constexpr ((0 + ... + N) > 0) {
        const auto all = numbers_of(e...);
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
template <class... S, std::uint64_t... I, int... N> constexpr auto graph_of(expr<S, I, N>... e) {
    return detail::with_numbers(lowered_graph<expr<S, I, N>...>, e...);
}

namespace detail {
template <class... E> inline constexpr bool has_invalid = (std::is_same_v<E, invalid> || ...);
}
template <class... E>
    requires(detail::has_invalid<E...>)
constexpr run_time_graph graph_of(const E&...) {
    return {};
}

/// The graph as it was written, for pictures of what a student typed.
template <class... S, std::uint64_t... I, int... N> constexpr auto written_graph_of(expr<S, I, N>... e) {
    return detail::with_numbers(written_graph<expr<S, I, N>...>, e...);
}

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

namespace detail {

template <class Loss, class W> struct grad_rule {
    static constexpr dims apply(fault* f) {
        if (Loss::rank == 0) return dims_of<W>;
        if (f) {
            f->first = Loss::rank;
            f->second = 0;
            f->why << Loss::rank << " dimensions given, 0 wanted: grad needs a scalar loss and gets " << dims_of<Loss>
                   << "; take its mean or sum first";
        }
        return no_shape;
    }
};
}  // namespace detail

/// The gradient of a scalar loss by a parameter, an input or any expression inside it: an expression with the shape of
/// `wrt`, like any other.
///
///     constexpr auto dW = grad(loss, W);
///
/// Error   "1 dimensions given, 0 wanted: grad needs a scalar loss and gets (batch,); take its mean or sum first"
template <class L, std::uint64_t I, int N, class W, std::uint64_t J, int M>
    requires(clash<detail::grad_rule<L, W>>.first == clash<detail::grad_rule<L, W>>.second)
constexpr auto grad(expr<L, I, N> loss, expr<W, J, M> wrt) {
    return detail::applied<op::grad, detail::plain, W>(loss, wrt);
}
template <class L, class W, clashing sizes = misfit<detail::grad_rule<L, W>>,
          sentence shape_error = why<detail::grad_rule<L, W>>>
invalid grad(shaped<L>, shaped<W>) = delete;

}  // namespace gradus
