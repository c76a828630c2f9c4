// SPDX-License-Identifier: BSL-1.0
// The value of a typed expression for given leaves, by the reference interpreter.
#pragma once
#include <gradus/program/interpret.hpp>
#include <gradus/symbolic.hpp>
#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace gradus {

/// What `e` is when the leaves have these elements and the symbolic dimensions these sizes (in order of appearance; one
/// more than `e` has does not matter).
template <class E>
std::vector<double> value_of(const E& e, const std::map<std::string, std::vector<double>>& leaves,
                             std::initializer_list<std::int64_t> sizes = {}) {
    const run_time_graph g = run_time_graph_of(e);
    interpreter run(g, std::span(sizes.begin(), std::min(sizes.size(), g.symbols.size())));
    for (const auto& [name, elements] : leaves)
        if (find_leaf(g, name) != no_node) run.set(name, elements);
    run.run();
    return run.output(0).values;
}

/// Whether the expression (or type) has the shape of these arguments: `has_shape<batch, 10>(e)`.
template <auto... D, class E> constexpr bool has_shape(const E&) {
    return std::is_same_v<shape_of<E>, shape_of_arguments<D...>>;
}
template <class A, class B> constexpr bool same_type(const A&, const B&) { return std::is_same_v<A, B>; }

}  // namespace gradus
