// SPDX-License-Identifier: BSL-1.0
// What a plan must know of each node of a graph before any loop is made: what kind it is, what it costs, who uses it,
// and how its elements lie in memory.
#pragma once
#include <gradus/program/step.hpp>
#include <stdexcept>

namespace gradus::planned::detail {

/// The largest number of operations in one loop.
inline constexpr int max_fused = 24;

constexpr int cost_of(op o) {
    switch (o) {
        case op::exp:
        case op::log:
        case op::tanh:
        case op::sigmoid:
        case op::pow:
        case op::binary_cross_entropy_with_logits:
            return 16;
        case op::div:
        case op::sqrt:
            return 4;
        default:
            return 1;
    }
}

/// The facts of all nodes. Raw pointers and plain loops, and plans made in two parts: clang allows a million steps for
/// each.
class graph_facts {
  public:
    constexpr explicit graph_facts(graph_view g)
        : g_(g), nodes_(g.nodes.data()), size_(g.size()), f_(new facts[static_cast<std::size_t>(g.size())]{}) {
        look_at_nodes();
    }
    constexpr ~graph_facts() { delete[] f_; }
    graph_facts(const graph_facts&) = delete;
    graph_facts& operator=(const graph_facts&) = delete;

    static constexpr int nobody = -1;
    static constexpr int several = -2;

    /// What is found out about a node.
    struct facts {
        node_id operands[3]{no_node, no_node, no_node};  ///< after the planner's own rewriting
        kind what = kind::leaf;
        bool fusible = false;  ///< can be computed inside the loop of its user
        bool stored = false;
        bool scalar = false;    ///< computed from constants alone
        bool late = false;      ///< a constant, or arithmetic of constants, which is known before the steps run
        bool assigned = false;  ///< a parameter that an output updates
        bool next_value = false;  ///< what it is updated with, which is stored in any case
        int uses = 0;
        int score = 0;       ///< how dear it is to compute a value again
        int weight = 0;      ///< how many operations that takes
        int owner = nobody;  ///< the step that computes it on the way
        int buffer = -1;
        node_id product = no_node;  ///< of an update: the product that does it
    };

    static constexpr std::size_t u(int i) { return static_cast<std::size_t>(i); }

    constexpr extent size_of(const axis& a) const {
        if (!a.is_symbolic()) return {a.size, 0};
        for (std::size_t s = 0; s < g_.symbols.size(); ++s)
            if (g_.symbols[s] == a.name) return {1, 1u << (8 * s)};
        throw std::invalid_argument("a symbolic dimension that the graph does not list");
    }
    constexpr extent elements(const dims& d) const {
        const axis* const axes = d.axes.data();
        extent n;
        for (int i = 0; i < d.rank; ++i) {
            if (axes[i].size >= 0)
                n.fixed *= axes[i].size;
            else
                n.powers += size_of(axes[i]).powers;
        }
        return n;
    }
    /// Strides of a row-major tensor; dimensions of size 1 have none.
    constexpr strides row_major(const dims& d) const {
        const axis* const axes = d.axes.data();
        strides s;
        extent n;
        for (int i = d.rank; i-- > 0;) {
            if (axes[i].size == 1) continue;
            s.along[i] = n;
            if (axes[i].size >= 0)
                n.fixed *= axes[i].size;
            else
                n.powers += size_of(axes[i]).powers;
        }
        return s;
    }

    constexpr node_id through_reshapes(node_id v) const {
        while (nodes_[v].is(op::reshape)) v = f_[v].operands[0];
        return v;
    }
    /// The stored node behind permutations and broadcasts, and how it moves with each dimension of `x`.
    constexpr node_id reach(node_id x, strides& s) const {
        int at[max_rank]{};
        const int rank = nodes_[x].shape.rank;
        for (int i = 0; i < rank; ++i) at[i] = i;
        node_id y = x;
        for (; !f_[y].stored; y = f_[y].operands[0]) {
            const node& n = nodes_[y];
            if (n.is(op::permute)) {
                for (int i = 0; i < rank; ++i)
                    if (at[i] >= 0) at[i] = n.attrs.order[at[i]];
            } else if (n.is(op::broadcast)) {
                const dims& from = nodes_[f_[y].operands[0]].shape;
                for (int i = 0; i < rank; ++i) {
                    if (at[i] < 0) continue;
                    at[i] -= n.shape.rank - from.rank;
                    if (at[i] >= 0 && from[at[i]].size == 1) at[i] = -1;
                }
            } else {
                break;
            }
        }
        if (nodes_[through_reshapes(y)].is(op::constant)) return no_node;
        const strides own = row_major(nodes_[y].shape);
        for (int i = 0; i < rank; ++i) s[i] = at[i] < 0 ? nothing : own[at[i]];
        return y;
    }

  protected:
    graph_view g_;
    const node* nodes_;
    int size_;
    facts* f_;  ///< one for each node

  private:
    constexpr void look_at_nodes() {
        std::vector<node_id> relu_of(u(size_), no_node);
        for (const output& o : g_.outputs) f_[o.node].next_value = o.assigned_to != no_node;
        for (node_id i = 0; i < size_; ++i) {
            const node& n = nodes_[i];
            facts& f = f_[i];
            f.what = info(n.operation).what;
            f.fusible = f.what == kind::elementwise || n.operation == op::one_hot;
            node_id* const o = f.operands;
            const node_id* const from = n.operands.data();
            for (int k = 0; k < n.arity; ++k) o[k] = from[k];
            if (n.is(op::relu)) relu_of[u(o[0])] = i;
            // z > 0 where relu(z) > 0: the derivative of relu then reads what the next layer reads, and z is not kept.
            if (n.is(op::greater) && relu_of[u(o[0])] != no_node && is_zero(o[1])) o[0] = relu_of[u(o[0])];
            f_[i].scalar = f_[i].late = n.is(op::constant);
            if (f_[i].what == kind::elementwise || f_[i].what == kind::view || n.is(op::one_hot)) {
                int score = f_[i].fusible ? cost_of(n.operation) : 0;
                int weight = 1;
                bool scalar = n.shape.rank == 0 && f_[i].what == kind::elementwise;
                for (int k = 0; k < n.arity; ++k) {
                    score += f_[o[k]].score;
                    weight += f_[o[k]].weight;
                    scalar = scalar && f_[o[k]].scalar;
                }
                f_[i].scalar = scalar;
                if (scalar && is_arithmetic(n.operation)) {
                    bool late = true;
                    for (int k = 0; k < n.arity; ++k) late = late && f_[o[k]].late;
                    f_[i].late = late;
                    if (late) score = 0;
                    if (late) weight = 1;
                }
                f_[i].score = score < 1000 ? score : 1000;
                if (weight > max_fused && f_[i].fusible) {
                    f_[i].stored = true;
                    weight = 1;
                    f_[i].score = 0;
                }
                if (f_[i].next_value) weight = 1;
                f_[i].weight = weight;
            } else {
                f_[i].weight = 1;
            }
            for (int k = 0; k < n.arity; ++k) ++f_[o[k]].uses;
        }
    }
    constexpr bool is_zero(node_id i) const {
        const attributes& a = nodes_[i].attrs;
        return nodes_[i].is(op::constant) && a.value == 0 && a.literal == 0;
    }
};

}  // namespace gradus::planned::detail
