// SPDX-License-Identifier: BSL-1.0
// What an optimizer writes the update of a parameter with: the nodes at hand, and the states that it keeps.
#pragma once
#include <gradus/graph/builder.hpp>
#include <concepts>

namespace gradus {

/// What an optimizer writes the update of one parameter with. A setting is a node, too: a number that may change
/// between steps.
struct update_context {
    builder& b;
    node_id parameter;
    node_id gradient;
    const node_id* settings;
    node_id group_decay = no_node;  ///< the weight decay of the parameter's group,
    bool grouped = false;           ///< if it is in one
    growing<output> kept{};         ///< the states and their next values
    /// To print an update in steps: takes a value and the name that it goes by, and gives a leaf of that name.
    node_id (*tell)(update_context&, const char* name, node_id value) = nullptr;

    /// A tensor of the parameter's shape that is kept from step to step: "exp_avg" of fc1.weight is fc1.weight.exp_avg.
    constexpr node_id state(const char* name) {
        const node p = b[parameter];
        if (tell) return b.leaf(op::parameter, name, p.shape);
        return b.leaf(op::parameter, name, p.shape, b.enter(p.name, state_type, p.layer));
    }
    /// Its value after the step.
    constexpr node_id keep(node_id state, node_id value) {
        kept.push_back({value, state});
        return tell ? tell(*this, b[state].name, value) : value;
    }
    /// A value that formulas call by a name.
    constexpr node_id named(const char* name, node_id value) { return tell ? tell(*this, name, value) : value; }
    /// The weight decay of this parameter, or `no_node`; `own` is the optimizer's, which a group replaces.
    constexpr node_id decay(node_id own) const { return grouped ? group_decay : own; }
    /// The gradient with the weight decay in it: g + weight_decay p.
    constexpr node_id decayed_gradient(node_id own) {
        const node_id d = decay(own);
        return d == no_node ? gradient : named("g", b.add(gradient, b.mul(d, parameter)));
    }
    /// factor a + (1 - factor) x: the moving average of x.
    constexpr node_id average(node_id factor, node_id a, node_id x) {
        const node_id old = b.mul(factor, a);
        return b.add(old, b.mul(b.sub(b.constant(1), factor), x));
    }
    constexpr node_id square(node_id a) { return b.mul(a, a); }
    constexpr node_id root(node_id a) { return b.unary(op::sqrt, a); }
};

/// An optimizer: it checks its settings and writes the next value of a parameter.
template <class O> concept UpdateRule = requires(const O& o, update_context& c) {
    o.check();
    { o.update(c) } -> std::same_as<node_id>;
};

}  // namespace gradus
