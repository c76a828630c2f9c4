// SPDX-License-Identifier: BSL-1.0
// The parameters of an expression by their names, looked up while compiling: a misspelt name does not compile.
#pragma once
#include <gradus/calculus/graph_of.hpp>
#include <boost/hana/bool.hpp>
#include <boost/hana/find_if.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/size.hpp>

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

/// How many letters must change to make one name the other.
constexpr std::size_t spelling_distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, 128> row{};
    if (b.size() >= row.size()) return a == b ? 0 : row.size();
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            row[j] = change < row[j] + 1 ? change : row[j] + 1;
            if (row[j - 1] + 1 < row[j]) row[j] = row[j - 1] + 1;
        }
    }
    return row[b.size()];
}

/// A leaf's full name, "fc1.weight".
constexpr sentence& write_leaf_name(sentence& s, graph_view g, const node& leaf) {
    bool first = true;
    visit_path(g, leaf.layer, leaf.name, [&](std::string_view part) {
        s << (first ? "" : ".") << part;
        first = false;
    });
    return s;
}

/// The leaf of one kind whose name is spelt most like `name`, or `no_node`.
constexpr node_id nearest_leaf(graph_view g, op kind, std::string_view name) {
    node_id best = no_node;
    std::size_t least = 0;
    for (node_id i = 0; i < g.size(); ++i) {
        if (!g[i].is(kind)) continue;
        sentence full;
        write_leaf_name(full, g, g[i]);
        const std::size_t d = spelling_distance(full.view(), name);
        if (best == no_node || d < least) {
            best = i;
            least = d;
        }
    }
    return best;
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
template <class... E> struct graph_source { static constexpr const auto& graph = lowered_graph<E...>; };

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
constexpr invalid parameter_of(expr<S, I, N>) GRADUS_REFUSED(name_error);
template <fixed_string Name> constexpr invalid parameter_of(invalid) { return {}; }

}  // namespace gradus
