// SPDX-License-Identifier: BSL-1.0
// The parameters of an expression by their names, looked up while compiling: a misspelt name does not compile.
#pragma once
#include <gradus/calculus/graph_of.hpp>
#include <boost/hana/bool.hpp>
#include <boost/hana/find_if.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/size.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 11 "gradus/calculus/parameters.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// A parameter of the graph `Source::graph`: its node, and its name and shape while compiling.
template <class Source, node_id Node> struct parameter_entry {
    static constexpr node_id node = Node;
    static constexpr dims value = Source::graph[Node].shape;
    static constexpr bool is_called(std::string_view name) {
        return has_name(Source::graph, Source::graph[Node], name);
    }
};

namespace detail {

template <class Source>
inline constexpr int parameter_count = [] {
    int n = 0;
    for (const node& x : Source::graph.nodes) n += x.is(op::parameter);
    return n;
}();
template <class Source> constexpr node_id parameter_node(int which) {
    for (node_id i = 0;; ++i)
        if (Source::graph[i].is(op::parameter) && which-- == 0) return i;
}
template <class Source, int... I> constexpr auto parameter_entries(std::integer_sequence<int, I...>) {
    return boost::hana::tuple<parameter_entry<Source, parameter_node<Source>(I)>...>{};
}

template <class Source, fixed_string Name> struct parameter_rule {
    static constexpr dims apply(fault* f) {
        constexpr graph_view g = Source::graph;
        const node_id found = find_leaf(g, Name.view());
        if (found != no_node && g[found].is(op::parameter)) return {};
        if (f) {
            f->first = 0;
            f->second = 1;
            f->why << "no parameter is called \"" << Name.view() << "\"";
            const node_id near = nearest_leaf(g, op::parameter, Name.view());
            if (near != no_node) write_leaf_name(f->why << "; the nearest is \"", g, g[near]) << "\"";
        }
        return no_shape;
    }
};
template <class... E> struct graph_source {
    static constexpr const auto& graph = lowered_graph<E...>;
    /// Whether the expressions name a leaf; the graph may do without it.
    static constexpr bool mentions(std::string_view name) {
        const builder b = lowered<false, E...>::build();
        return find_leaf(b.view(), name) != no_node;
    }
};

}  // namespace detail

/// The parameters of a graph as a Hana tuple of entries, in the order of the graph.
template <class Source>
inline constexpr auto parameters_of =
    detail::parameter_entries<Source>(std::make_integer_sequence<int, detail::parameter_count<Source>>{});

/// The entry of the parameter called `Name`, which must exist.
template <class Source, fixed_string Name> constexpr auto find_parameter() {
    constexpr auto found = boost::hana::find_if(
        parameters_of<Source>, [](auto entry) { return boost::hana::bool_c<decltype(entry)::is_called(Name.view())>; });
    return *found;
}

/// A parameter inside an expression, by its full name, as an expression: to take gradients by it.
///
///     constexpr auto W = parameter_of<"fc1.weight">(loss);   // (out_features, in_features)
///
/// Error   no parameter is called "fc1.wieght"; the nearest is "fc1.weight"
template <fixed_string Name, class S, std::uint64_t I, int N>
    requires(accepted<detail::parameter_rule<detail::graph_source<expr<S, I, N>>, Name>>)
constexpr auto parameter_of(expr<S, I, N>) {
    using entry = decltype(find_parameter<detail::graph_source<expr<S, I, N>>, Name>());
    return detail::leaf_expr<op::parameter, Name, shape_from<entry>>{};
}
template <fixed_string Name, class S, std::uint64_t I, int N,
          clashing sizes = misfit<detail::parameter_rule<detail::graph_source<expr<S, I, N>>, Name>>,
          sentence name_error = why<detail::parameter_rule<detail::graph_source<expr<S, I, N>>, Name>>>
constexpr invalid parameter_of(expr<S, I, N>) GRADUS_REFUSED_NETWORK(name_error);
template <fixed_string Name> constexpr invalid parameter_of(invalid) { return {}; }

}  // namespace gradus
