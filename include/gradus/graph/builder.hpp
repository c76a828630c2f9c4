// SPDX-License-Identifier: BSL-1.0
// Builds a graph while the compiler runs. Equal nodes are made once (a constexpr hash table), shapes come from
// `shape/rules.hpp`, and a rewriter, if there is one, sees each node before it is made (calculus/simplify.hpp).
#pragma once
#include <gradus/graph/graph.hpp>
#include <gradus/expr/growing.hpp>
#include <gradus/shape/rules.hpp>
#include <bit>
#include <stdexcept>

namespace gradus {

/// Two leaves that cannot both be in one network; `no_node` where there are none.
struct leaf_clash {
    node_id first = no_node;
    node_id second = no_node;
    const char* dimension = nullptr;  ///< the name that two sizes have; null where the leaves have one name

    constexpr explicit operator bool() const { return first != no_node; }
};

/// Makes nodes and keeps them in topological order. Each maker returns the place of its node, old or new.
///
///     builder b;
///     node_id z = b.binary(op::add, b.matmul(x, b.transpose(W)), bias);
class builder {
  public:
    /// Looks at a node that is about to be made and returns one that serves instead, or `no_node`.
    using rewriter = node_id (*)(builder&, const node&);

    constexpr explicit builder(rewriter r = nullptr) : rewrite_(r), table_(512, no_node) { nodes_.reserve(1024); }

    constexpr const node& operator[](node_id i) const { return nodes_[static_cast<std::size_t>(i)]; }
    constexpr node& at(node_id i) { return nodes_[static_cast<std::size_t>(i)]; }
    constexpr int size() const { return static_cast<int>(nodes_.size()); }
    constexpr graph_view view() const { return {nodes_.view(), layers.view(), outputs.view(), symbols.view()}; }
    constexpr const dims& shape(node_id i) const { return (*this)[i].shape; }

    /// Leaves. A leaf is known by its full name: the layer's path and its own.
    constexpr node_id leaf(op kind, const char* name, const dims& shape, int layer = -1) {
        node n;
        n.operation = kind;
        n.name = name;
        n.shape = shape;
        n.layer = layer;
        const std::uint64_t key = name_hash(n);
        for (std::size_t i = 0; i < leaves_.size(); ++i) {
            if (leaf_keys_[i] != key || !same_name((*this)[leaves_[i]], n)) continue;
            const node& old = (*this)[leaves_[i]];
            if (old.shape == shape && old.operation == kind) return leaves_[i];
            // Kept as a second leaf, so that the graph can be built, and the clash told by its user.
            if (!clash) clash = {leaves_[i], size()};
        }
        const node_id made = push(n);
        for (int i = 0; i < shape.rank; ++i) {
            if (shape[i].is_symbolic()) symbol(shape[i].name);
            if (shape[i].name) name_dimension(made, shape[i]);
        }
        leaves_.push_back(made);
        leaf_keys_.push_back(key);
        return made;
    }
    /// A scalar constant; it stretches to any shape in elementwise operations.
    constexpr node_id constant(double value) {
        node n;
        n.operation = op::constant;
        n.attrs.value = value;
        return add(n);
    }
    /// How many elements the dimensions in `mask` of `shape` hold, to the power of `sign`, as a constant: 1 / batch.
    constexpr node_id elements(const dims& shape, int mask, int sign) {
        node n;
        n.operation = op::constant;
        std::int64_t fixed = 1;
        for (int i = 0; i < shape.rank; ++i) {
            if (!(mask & (1 << i))) continue;
            if (shape[i].is_symbolic()) {
                auto& power = n.attrs.powers[symbol(shape[i].name)];
                power = static_cast<std::int8_t>(power + sign);
            } else {
                fixed *= shape[i].size;
            }
        }
        n.attrs.value = sign > 0 ? static_cast<double>(fixed) : 1.0 / static_cast<double>(fixed);
        return add(n);
    }

    /// Elementwise operations; operands broadcast as in NumPy.
    constexpr node_id unary(op o, node_id a) { return make(o, shape(a), {a}); }
    constexpr node_id binary(op o, node_id a, node_id b) {
        return make(o, valid(rules::broadcast(info(o).name, shape(a), shape(b))), {a, b});
    }
    constexpr node_id where(node_id c, node_id a, node_id b) {
        return make(op::where, valid(rules::where(shape(c), shape(a), shape(b))), {c, a, b});
    }
    constexpr node_id add(node_id a, node_id b) { return binary(op::add, a, b); }
    constexpr node_id sub(node_id a, node_id b) { return binary(op::sub, a, b); }
    constexpr node_id mul(node_id a, node_id b) { return binary(op::mul, a, b); }
    constexpr node_id div(node_id a, node_id b) { return binary(op::div, a, b); }
    constexpr node_id neg(node_id a) { return unary(op::neg, a); }

    /// The matrix product of operands with at least two dimensions each.
    constexpr node_id matmul(node_id a, node_id b) {
        return make(op::matmul, valid(rules::matmul(shape(a), shape(b))), {a, b});
    }
    constexpr node_id permute(node_id a, const int* order) {
        node n;
        n.attrs = {};
        for (int i = 0; i < shape(a).rank; ++i) n.attrs.order[i] = static_cast<std::int8_t>(order[i]);
        return make(op::permute, valid(rules::permute(shape(a), order, shape(a).rank)), {a}, n.attrs);
    }
    constexpr node_id transpose(node_id a) {
        int order[max_rank]{};
        const int rank = shape(a).rank;
        for (int i = 0; i < rank; ++i) order[i] = i;
        std::swap(order[rank - 1], order[rank - 2]);
        return permute(a, order);
    }
    constexpr node_id reshape(node_id a, const dims& to) { return make(op::reshape, to, {a}); }
    /// `a` stretched to a shape that broadcasting it can give.
    constexpr node_id broadcast(node_id a, const dims& to) { return make(op::broadcast, to, {a}); }

    /// sum, mean, max over the dimensions in `mask`, and argmax over one.
    constexpr node_id reduce(op o, node_id a, int mask, bool keep) {
        attributes attrs;
        attrs.axes = mask;
        attrs.keep = keep;
        return make(o, rules::reduce(shape(a), mask, keep), {a}, attrs);
    }
    /// softmax and log_softmax along one dimension (the last: -1).
    constexpr node_id along(op o, node_id a, int dimension = -1) {
        attributes attrs;
        attrs.axes = 1 << (dimension < 0 ? dimension + shape(a).rank : dimension);
        return make(o, shape(a), {a}, attrs);
    }
    /// Class indices as rows of zeros with a one: (batch,) gives (batch, classes).
    constexpr node_id one_hot(node_id classes, const axis& last) {
        dims to = shape(classes);
        to.push_back(last);
        return make(op::one_hot, to, {classes});
    }
    /// One loss per row; the target holds class indices or, with as many dimensions as the scores, probabilities.
    constexpr node_id cross_entropy(node_id scores, node_id target) {
        const bool indices = shape(target).rank < shape(scores).rank;
        return make(indices ? op::cross_entropy : op::cross_entropy_soft,
                    valid(rules::cross_entropy(shape(scores), shape(target))), {scores, target});
    }

    /// Any node, rewritten and made once.
    constexpr node_id add(const node& n) {
        if (rewrite_) {
            const node_id instead = rewrite_(*this, n);
            if (instead != no_node) return instead;
        }
        return make_once(n);
    }
    constexpr node_id make(op o, const dims& shape, std::initializer_list<node_id> operands,
                           const attributes& attrs = {}) {
        node n;
        n.operation = o;
        n.shape = shape;
        n.attrs = attrs;
        for (node_id operand : operands) n.operands[static_cast<std::size_t>(n.arity++)] = operand;
        n.layer = layer;
        return add(n);
    }

    /// The leaves in the order of their making, and the hashes (FNV-1a) of their full names.
    constexpr const growing<node_id>& leaves() const { return leaves_; }
    constexpr const growing<std::uint64_t>& leaf_names() const { return leaf_keys_; }

    /// The number of a symbolic dimension, as `attributes::powers` counts them.
    constexpr std::size_t symbol(const char* name) {
        for (std::size_t i = 0; i < symbols.size(); ++i)
            if (symbols[i] == name) return i;
        if (symbols.size() == max_symbols) throw std::length_error("a graph has at most 4 symbolic dimensions");
        symbols.push_back(name);
        return symbols.size() - 1;
    }
    /// The entry of the layer `name` inside `parent`; a nameless one is always new.
    constexpr int enter(const char* name, const char* type, int parent) {
        if (name)
            for (std::size_t i = 0; i < layers.size(); ++i)
                if (layers[i].parent == parent && layers[i].name == name) return static_cast<int>(i);
        layers.push_back({name, type, parent});
        return static_cast<int>(layers.size()) - 1;
    }

    growing<layer_entry> layers;
    growing<output> outputs;
    growing<const char*> symbols;
    leaf_clash clash;                    ///< two leaves that differ and should not
    int layer = -1;                      ///< the layer that new nodes belong to
    growing<node_id> adjoints_of;        ///< the losses whose gradients have been made,
    growing<growing<node_id>> adjoints;  ///< and these gradients, by node (calculus/grad.hpp)

  private:
    struct named_dimension {
        axis what;
        node_id leaf;
    };

    static constexpr const dims& valid(const dims& d) {
        if (!fits(d)) throw std::invalid_argument("operands of a node do not fit: a rule made a wrong shape");
        return d;
    }
    /// A name of dimensions has one size in all leaves.
    constexpr void name_dimension(node_id leaf, const axis& a) {
        for (const named_dimension& d : dimensions_) {
            if (d.what.name != a.name) continue;
            if (d.what.size != a.size && !clash) clash = {d.leaf, leaf, a.name};
            return;
        }
        dimensions_.push_back({a, leaf});
    }
    constexpr node_id push(const node& n) {
        nodes_.push_back(n);
        return size() - 1;
    }
    static constexpr std::uint64_t mixed(std::uint64_t h, std::uint64_t v) {
        h = (h ^ v) * 0x9E3779B97F4A7C15u;
        return h ^ (h >> 29);
    }
    constexpr std::uint64_t name_hash(const node& n) const {
        std::uint64_t h = 14695981039346656037u;
        bool first = true;
        visit_path(view(), n.layer, n.name, [&](std::string_view part) {
            if (!first) h = (h ^ '.') * 1099511628211u;
            first = false;
            for (char c : part) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
        });
        return h;
    }
    constexpr bool same_name(const node& a, const node& b) const {
        growing<char> full;
        visit_path(view(), a.layer, a.name, [&](std::string_view part) {
            if (!full.empty()) full.push_back('.');
            for (char c : part) full.push_back(c);
        });
        return has_name(view(), b, {full.data(), full.size()});
    }
    static constexpr std::uint64_t hash(const node& n) {
        std::uint64_t h = mixed(static_cast<std::uint64_t>(n.operation), static_cast<std::uint64_t>(n.attrs.axes));
        const node_id* const operands = n.operands.data();
        for (int k = 0; k < n.arity; ++k) h = mixed(h, static_cast<std::uint64_t>(operands[k]));
        if (n.operation == op::constant)
            h = mixed(mixed(h, std::bit_cast<std::uint64_t>(n.attrs.value)),
                      static_cast<std::uint64_t>(n.attrs.literal));
        if (n.operation == op::reshape || n.operation == op::broadcast)
            for (int i = 0; i < n.shape.rank; ++i) h = mixed(h, static_cast<std::uint64_t>(n.shape[i].size));
        return h;
    }
    constexpr node_id make_once(const node& n) {
        if (2 * nodes_.size() > table_.size()) grow();
        const std::size_t mask = table_.size() - 1;
        for (std::size_t slot = hash(n) & mask;; slot = (slot + 1) & mask) {
            node_id& place = table_[slot];
            if (place == no_node) {
                place = size();
                return push(n);
            }
            const node& old = nodes_[static_cast<std::size_t>(place)];
            // The bits of the value, too: 0 and -0 are equal, and are two constants.
            if (old.operation == n.operation && old.operands == n.operands && old.attrs == n.attrs &&
                old.shape == n.shape &&
                std::bit_cast<std::uint64_t>(old.attrs.value) == std::bit_cast<std::uint64_t>(n.attrs.value))
                return place;
        }
    }
    constexpr void grow() {
        table_.assign(4 * table_.size(), no_node);
        const std::size_t mask = table_.size() - 1;
        for (node_id i = 0; i < size(); ++i) {
            if ((*this)[i].is_leaf() && !(*this)[i].is(op::constant)) continue;
            std::size_t slot = hash((*this)[i]) & mask;
            while (table_[slot] != no_node) slot = (slot + 1) & mask;
            table_[slot] = i;
        }
    }

    rewriter rewrite_;
    growing<node> nodes_;
    growing<node_id> table_;
    growing<node_id> leaves_;
    growing<std::uint64_t> leaf_keys_;
    growing<named_dimension> dimensions_;
};

namespace detail {
/// The old places of the nodes that the outputs need, in order; `place[i]` is the new place of node i.
constexpr growing<node_id> needed(const builder& b, growing<node_id>& place) {
    const int size = b.size();
    place.assign(static_cast<std::size_t>(size), no_node);
    node_id* const live = place.data();  // raw pointers: each call costs clang steps, of which it allows a million
    const node* const nodes = b.view().nodes.data();
    constexpr node_id marked = 0;
    for (const output& o : b.outputs) {
        live[o.node] = marked;
        if (o.assigned_to != no_node) live[o.assigned_to] = marked;
    }
    for (node_id i = size; i-- > 0;)
        if (live[i] == marked)
            for (int k = 0; k < nodes[i].arity; ++k) live[nodes[i].operands[static_cast<std::size_t>(k)]] = marked;
    growing<node_id> kept;
    kept.reserve(static_cast<std::size_t>(size));
    for (node_id i = 0; i < size; ++i) {
        if (live[i] != marked) continue;
        live[i] = static_cast<node_id>(kept.size());
        kept.push_back(i);
    }
    return kept;
}
struct counts {
    int nodes, layers, outputs, symbols;
    bool clash;
};
constexpr counts count(const builder& b) {
    growing<node_id> place;
    return {static_cast<int>(needed(b, place).size()), static_cast<int>(b.layers.size()),
            static_cast<int>(b.outputs.size()), static_cast<int>(b.symbols.size()), bool(b.clash)};
}
/// A clash that the caller has not looked for.
constexpr void check_leaves(bool clash) {
    if (clash) throw std::invalid_argument("one name stands for two leaves, or for two sizes, in one graph");
}
/// A variable, not a local of `freeze`: a local would be computed again each time that freeze is.
template <class Make> inline constexpr counts counts_of = count(Make::build());
}  // namespace detail

namespace detail {
/// Copies what is kept of a builder into the arrays or vectors of a graph, at its new places.
template <class Graph>
constexpr void fill(Graph& g, const builder& b, const growing<node_id>& kept, const growing<node_id>& place) {
    const auto moved = [&](node_id i) { return i == no_node ? no_node : place[static_cast<std::size_t>(i)]; };
    for (std::size_t i = 0; i < kept.size(); ++i) {
        g.nodes[i] = b[kept[i]];
        for (node_id& operand : g.nodes[i].operands) operand = moved(operand);
        g.nodes[i].gradient_of = moved(g.nodes[i].gradient_of);
    }
    for (std::size_t i = 0; i < b.layers.size(); ++i) {
        g.layers[i] = b.layers[i];
        g.layers[i].from = moved(b.layers[i].from);
        g.layers[i].to = moved(b.layers[i].to);
    }
    for (std::size_t i = 0; i < b.outputs.size(); ++i)
        g.outputs[i] = {moved(b.outputs[i].node), moved(b.outputs[i].assigned_to)};
    for (std::size_t i = 0; i < b.symbols.size(); ++i) g.symbols[i] = b.symbols[i];
}
}  // namespace detail

/// The graph of what `Make::build()` builds, at its exact size and without what no output needs. The compiler builds it
/// twice: once for the size, once for the content.
///
///     struct example { static constexpr builder build() { ... } };
///     constexpr auto g = freeze<example>();
template <class Make> constexpr auto freeze() {
    constexpr detail::counts n = detail::counts_of<Make>;
    detail::check_leaves(n.clash);
    graph_value<n.nodes, n.layers, n.outputs, n.symbols> g;
    const builder b = Make::build();
    growing<node_id> place;
    const growing<node_id> kept = detail::needed(b, place);
    detail::fill(g, b, kept, place);
    return g;
}

/// A graph that is made while the program runs.
struct run_time_graph {
    growing<node> nodes;
    growing<layer_entry> layers;
    growing<output> outputs;
    growing<const char*> symbols;

    constexpr operator graph_view() const { return {nodes.view(), layers.view(), outputs.view(), symbols.view()}; }
    constexpr int size() const { return static_cast<int>(nodes.size()); }
};

/// What a builder has built, without what no output needs.
constexpr run_time_graph finished(const builder& b) {
    detail::check_leaves(bool(b.clash));
    growing<node_id> place;
    const growing<node_id> kept = detail::needed(b, place);
    run_time_graph g;
    g.nodes.resize(kept.size());
    g.layers.resize(b.layers.size());
    g.outputs.resize(b.outputs.size());
    g.symbols.resize(b.symbols.size());
    detail::fill(g, b, kept, place);
    return g;
}

}  // namespace gradus
