// SPDX-License-Identifier: BSL-1.0
// Updates that a matrix product does itself: in `p - c * a b`, with a product that nothing else reads, no gradient is
// stored; the product adds to the parameter.
#pragma once
#include <gradus/program/facts.hpp>

namespace gradus::planned::detail {

class update_facts : public graph_facts {
  public:
    using graph_facts::graph_facts;

    /// The product in `p - c * a b`, if nothing else needs it: then the update is done by the product itself.
    constexpr node_id product_in_update(node_id v, node_id p) const {
        const node& n = nodes_[v];
        node_id x = no_node;
        if ((n.is(op::sub) || n.is(op::add)) && f_[v].operands[0] == p) x = f_[v].operands[1];
        if (n.is(op::add) && f_[v].operands[1] == p) x = f_[v].operands[0];
        while (x != no_node && f_[x].uses == 1) {
            const node_id a = f_[x].operands[0];
            const node_id b = f_[x].operands[1];
            const op o = nodes_[x].operation;
            if (o == op::matmul) {
                const bool whole = same_sizes(nodes_[x].shape, nodes_[p].shape);
                return whole && !reads_assigned(a) && !reads_assigned(b) ? x : no_node;
            }
            if (o == op::neg) {
                x = a;
            } else if (o == op::mul && f_[a].scalar) {
                x = b;
            } else if ((o == op::mul || o == op::div) && f_[b].scalar) {
                x = a;
            } else {
                return no_node;
            }
        }
        return no_node;
    }

  private:
    constexpr bool reads_assigned(node_id x) const {
        while (f_[x].what == kind::view) x = f_[x].operands[0];
        return f_[x].assigned;
    }
};

}  // namespace gradus::planned::detail
