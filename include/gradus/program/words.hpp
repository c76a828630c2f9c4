// SPDX-License-Identifier: BSL-1.0
// What a program says of its leaves: full names, sizes in brackets, the nearest name, and the sentence of a wrong size.
#pragma once
#include <gradus/graph/graph.hpp>
#include <gradus/program/errors.hpp>
#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace gradus {

/// A parameter of a program: its full name, its sizes, its place in the graph.
struct parameter_info {
    std::string name;
    std::vector<std::int64_t> dims;
    node_id node = no_node;
};

namespace detail {

/// A leaf's full name: "fc1.weight".
inline std::string full_name(graph_view g, node_id leaf) {
    std::string name;
    visit_path(g, g[leaf].layer, g[leaf].name, [&](std::string_view part) {
        if (!name.empty()) name += '.';
        name += part;
    });
    return name;
}
/// How many letters must change to make one word the other.
inline std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t before = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = before + (a[i] != b[j]);
            before = row[j + 1];
            row[j + 1] = std::min({change, before + 1, row[j] + 1});
        }
    }
    return row.back();
}
inline std::string in_brackets(std::span<const std::int64_t> sizes) {
    std::string text = "(";
    for (std::size_t i = 0; i < sizes.size(); ++i) text += (i ? ", " : "") + std::to_string(sizes[i]);
    return text + (sizes.size() == 1 ? ",)" : ")");
}
inline std::string in_brackets(const dims& d) {
    sentence s;
    s << d;
    return std::string(s.view());
}
/// Throws unless the sizes are those of the leaf; symbolic ones may be any from 1 on.
inline void check_sizes(graph_view g, node_id leaf, std::span<const std::int64_t> sizes) {
    const dims& want = g[leaf].shape;
    std::string why;
    if (static_cast<int>(sizes.size()) != want.rank) {
        why = std::to_string(sizes.size()) + " dimensions given, " + std::to_string(want.rank) + " wanted";
    } else {
        for (int i = 0; i < want.rank && why.empty(); ++i) {
            const std::int64_t got = sizes[static_cast<std::size_t>(i)];
            if (!want[i].is_symbolic() && got != want[i].size)
                why = std::to_string(got) + " in dimension " + std::to_string(i) + " must be " +
                      std::to_string(want[i].size);
            else if (got < 1)
                why = std::string(want[i].name) + " must be at least 1";
        }
    }
    if (!why.empty())
        throw shape_error(detail::full_name(g, leaf) + " wants " + in_brackets(want) + ", got " + in_brackets(sizes) +
                          ": " + why);
}

/// All parameters of a graph, in its order; or all tensors that its optimizer keeps, which are no parameters.
inline std::vector<parameter_info> parameters_of(graph_view g, bool state = false) {
    std::vector<parameter_info> all;
    for (node_id i = 0; i < g.size(); ++i) {
        if (!g[i].is(op::parameter) || is_state(g, g[i]) != state) continue;
        parameter_info p;
        p.node = i;
        p.name = detail::full_name(g, i);
        for (int k = 0; k < g[i].shape.rank; ++k) p.dims.push_back(g[i].shape[k].size);
        all.push_back(p);
    }
    return all;
}

}  // namespace detail

}  // namespace gradus
