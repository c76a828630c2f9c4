// SPDX-License-Identifier: BSL-1.0
// CORE 2: the graph. A network and its gradients as a constexpr value: an array of nodes in topological order, each
// with its operation, operands, shape and the layer that it belongs to. Everything after the typed expressions
// (gradients, simplification, programs, drawings, formulas) reads and writes this and nothing else.
#pragma once
#include <gradus/expr/operation.hpp>
#include <gradus/shape/shape.hpp>
#include <array>
#include <span>

namespace gradus {

/// The place of a node in its graph. Operands have smaller places than their users.
using node_id = int;
inline constexpr node_id no_node = -1;

/// One value of the computation.
struct node {
    op operation = op::input;
    std::int8_t arity = 0;
    std::array<node_id, 3> operands{no_node, no_node, no_node};
    dims shape;
    attributes attrs;
    const char* name = nullptr;     ///< leaves: the last part of the name ("weight"); the layer gives the rest
    int layer = -1;                 ///< the layer it was written in (index into `layers`), -1 outside
    node_id gradient_of = no_node;  ///< the node whose gradient this is, if it was made by the chain rule

    constexpr bool is(op o) const { return operation == o; }
    constexpr bool is_leaf() const { return info(operation).what == kind::leaf; }
    constexpr std::span<const node_id> uses() const { return {operands.data(), static_cast<std::size_t>(arity)}; }
};

/// A layer's place in the network: "attention" inside "0" inside "encoder". The path gives parameters their names.
struct layer_entry {
    const char* name = nullptr;  ///< null for an activation and the like, which hold no parameters
    const char* type = nullptr;  ///< "linear", "relu", "sequential"
    int parent = -1;
    node_id from = no_node;  ///< its input, of the last application
    node_id to = no_node;    ///< its output

    friend constexpr bool operator==(const layer_entry&, const layer_entry&) = default;
};

/// A result of the graph; one that is assigned to a parameter updates it (an optimizer's step).
struct output {
    node_id node = no_node;
    node_id assigned_to = no_node;  ///< the parameter that takes the value after everything has been read
};

/// What every reader of a graph gets: the parts of a `graph_value<...>`, whatever its size.
struct graph_view {
    std::span<const node> nodes;
    std::span<const layer_entry> layers;
    std::span<const output> outputs;
    std::span<const char* const> symbols;  ///< the symbolic dimensions by name, as `attributes::powers` counts them

    constexpr const node& operator[](node_id i) const { return nodes[static_cast<std::size_t>(i)]; }
    constexpr int size() const { return static_cast<int>(nodes.size()); }
};

/// A graph as a value of exactly its size. `graph_of(loss, dW)` makes one.
template <int Nodes, int Layers, int Outputs, int Symbols> struct graph_value {
    std::array<node, Nodes> nodes{};
    std::array<layer_entry, Layers> layers{};
    std::array<output, Outputs> outputs{};
    std::array<const char*, Symbols> symbols{};

    constexpr operator graph_view() const { return {nodes, layers, outputs, symbols}; }
    constexpr graph_view view() const { return *this; }
    constexpr const node& operator[](node_id i) const { return nodes[static_cast<std::size_t>(i)]; }
    /// The number of nodes: values that are computed, and leaves.
    static constexpr int size() { return Nodes; }
};

/// How many symbolic dimensions one graph can have.
inline constexpr int max_symbols = 4;

/// How often each node is used by other nodes (outputs do not count).
constexpr void count_uses(graph_view g, std::span<int> uses) {
    for (int& n : uses) n = 0;
    for (const node& n : g.nodes)
        for (node_id operand : n.uses()) ++uses[static_cast<std::size_t>(operand)];
}

/// The type of the layer entry that holds an optimizer's tensors of one parameter: "weight" inside "fc1" holds
/// "exp_avg", whose full name is then "fc1.weight.exp_avg".
inline constexpr const char* state_type = "state";

/// Whether a leaf is such a tensor: kept from step to step like a parameter, and moved by the same step, but no
/// parameter of the network.
constexpr bool is_state(graph_view g, const node& n) {
    if (!n.is(op::parameter) || n.layer < 0) return false;
    const char* const type = g.layers[static_cast<std::size_t>(n.layer)].type;
    return type != nullptr && std::string_view(type) == state_type;
}

/// Calls `visit` with each part of a leaf's full name, outermost layer first: "encoder", "0", "weight".
template <class Visit> constexpr void visit_path(graph_view g, int layer, const char* name, Visit visit) {
    const auto parent = [&](int l) { return g.layers[static_cast<std::size_t>(l)].parent; };
    const auto own_name = [&](int l) { return g.layers[static_cast<std::size_t>(l)].name; };
    int depth = 0;
    for (int l = layer; l >= 0; l = parent(l)) depth += own_name(l) != nullptr;
    for (; depth > 0; --depth) {  // no room is kept for the path, so it may be of any depth
        int l = layer;
        for (int inner = depth - 1; own_name(l) == nullptr || inner-- > 0;) l = parent(l);
        visit(std::string_view(own_name(l)));
    }
    if (name) visit(std::string_view(name));
}

/// Whether a leaf's full name, as "fc1.weight", is `wanted`.
constexpr bool has_name(graph_view g, const node& leaf, std::string_view wanted) {
    bool same = true;
    bool first = true;
    visit_path(g, leaf.layer, leaf.name, [&](std::string_view part) {
        if (!first) {
            same = same && !wanted.empty() && wanted.front() == '.';
            if (same) wanted.remove_prefix(1);
        }
        first = false;
        same = same && wanted.substr(0, part.size()) == part;
        if (same) wanted.remove_prefix(part.size());
    });
    return same && wanted.empty();
}

/// The leaf of that full name, or `no_node`.
constexpr node_id find_leaf(graph_view g, std::string_view name) {
    for (node_id i = 0; i < g.size(); ++i)
        if (g[i].is_leaf() && !g[i].is(op::constant) && has_name(g, g[i], name)) return i;
    return no_node;
}

}  // namespace gradus
