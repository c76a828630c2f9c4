// SPDX-License-Identifier: BSL-1.0
// Which values are stored, and which are computed on the way inside the loop of their user: cheap ones again by each
// user, dear ones once.
#pragma once
#include <gradus/program/updates.hpp>

namespace gradus::planned::detail {

class fusion : public update_facts {
  public:
    constexpr explicit fusion(graph_view g) : update_facts(g) {
        look_at_outputs();
        choose_stored();
    }

  private:
    // ---- outputs and updates

    constexpr void look_at_outputs() {
        for (const output& o : g_.outputs) {
            ++f_[o.node].uses;
            if (o.assigned_to == no_node) continue;
            if (!nodes_[o.assigned_to].is(op::parameter))
                throw std::invalid_argument("only a parameter can be assigned to");
            if (!same_sizes(nodes_[o.assigned_to].shape, nodes_[o.node].shape))
                throw std::invalid_argument("a parameter takes a value of its own shape only");
            if (f_[o.assigned_to].assigned) throw std::invalid_argument("a parameter is assigned to twice");
            f_[o.assigned_to].assigned = true;
        }
        for (const output& o : g_.outputs) {
            const node_id v = o.node;
            if (o.assigned_to != no_node) {
                if (f_[v].what == kind::leaf) continue;
                f_[v].stored = true;
                if (f_[v].uses == 1) f_[v].product = product_in_update(v, o.assigned_to);
            } else if (f_[v].what != kind::leaf) {
                if (f_[v].what != kind::view || f_[through_reshapes(v)].what != kind::leaf) join(v, several);
                if (f_[v].what == kind::view &&
                    (!nodes_[v].is(op::reshape) || f_[through_reshapes(v)].what == kind::leaf))
                    f_[v].stored = true;
                if (f_[v].fusible) f_[v].stored = true;
            }
        }
    }

    // ---- which values are stored

    constexpr void join(node_id i, int owner) {
        int& o = f_[i].owner;
        o = o == nobody || o == owner ? owner : several;
    }
    constexpr void choose_stored() {
        for (node_id i = size_; i-- > 0;) {
            if (f_[i].what == kind::leaf || (f_[i].owner == nobody && !f_[i].stored)) continue;
            const node_id* const o = f_[i].operands;
            const kind what = f_[i].what;
            if (!f_[i].fusible && what != kind::view) f_[i].stored = true;
            if (f_[i].fusible && !f_[i].stored) {
                const int owner = f_[i].owner;
                if (owner == several)
                    f_[i].stored = f_[i].score > 1;
                else if (f_[owner].product == no_node && !(elements(nodes_[i].shape) == space(owner)))
                    f_[i].stored = f_[i].score > 2;
            }
            if (f_[i].product != no_node) {
                const node_id* const factors = f_[f_[i].product].operands;
                need_matrix(factors[0], i);
                need_matrix(factors[1], i);
                join_scalars(i, i);
                continue;
            }
            const int root = f_[i].stored ? i : f_[i].owner;
            switch (what) {
                case kind::product:
                    need_matrix(o[0], i);
                    need_matrix(o[1], i);
                    break;
                case kind::view:
                    if (nodes_[i].is(op::reshape)) {
                        need_whole(o[0], root);
                        break;
                    }
                    join(o[0], root);
                    break;
                case kind::rowwise:
                    if (nodes_[i].is(op::cross_entropy) || nodes_[i].is(op::cross_entropy_soft)) {
                        need(o[0], i);
                        need(o[1], i);
                        break;
                    }
                    join(o[0], root);
                    break;
                default:
                    for (int k = 0; k < nodes_[i].arity; ++k) join(o[k], root);
            }
        }
    }
    /// How many elements the loops of a step run over.
    constexpr extent space(node_id root) const {
        const kind what = f_[root].what;
        return elements(nodes_[what == kind::reduction ? f_[root].operands[0] : root].shape);
    }
    constexpr void join_scalars(node_id v, int owner) {
        for (int k = 0; k < nodes_[v].arity; ++k) {
            const node_id x = f_[v].operands[u(k)];
            if (f_[x].scalar)
                join(x, owner);
            else if (x != f_[owner].product && f_[x].what != kind::leaf)
                join_scalars(x, owner);
        }
    }
    /// `x` is loaded from memory, through permutations and broadcasts.
    constexpr void need(node_id x, int owner) {
        for (;; x = f_[x].operands[0]) {
            join(x, owner);
            if (f_[x].fusible) f_[x].stored = true;
            if (f_[x].stored || !(nodes_[x].is(op::permute) || nodes_[x].is(op::broadcast))) return;
        }
    }
    /// `x` lies in memory, row by row.
    constexpr void need_whole(node_id x, int owner) {
        join(x, owner);
        if (f_[x].fusible || nodes_[x].is(op::permute) || nodes_[x].is(op::broadcast)) f_[x].stored = true;
    }
    /// `x` is loaded as a factor: its rows or its columns lie in memory without gaps.
    constexpr void need_matrix(node_id x, int owner) {
        strides s;
        const dims& d = nodes_[x].shape;
        bool good = reach(x, s) != no_node;
        if (good && d.rank >= 2) {
            const extent rows = size_of(d.back(1));
            const extent columns = size_of(d.back());
            const extent& row = s[d.rank - 2];
            const extent& column = s[d.rank - 1];
            good = (rows.is(1) || row.fixed != 0) && (columns.is(1) || column.fixed != 0) &&
                   (rows.is(1) || columns.is(1) || row.is(1) || column.is(1));
        }
        if (good) {
            need(x, owner);
        } else {
            join(x, owner);
            f_[x].stored = true;
        }
    }
};

}  // namespace gradus::planned::detail
