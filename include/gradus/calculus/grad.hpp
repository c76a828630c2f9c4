// SPDX-License-Identifier: BSL-1.0
// Reverse mode on the graph: the chain rule, applied from the loss back to the leaves, once for each loss.
// Source  Griewank, Walther: Evaluating Derivatives, chapter 3
#pragma once
#include <gradus/calculus/rules.hpp>

namespace gradus {

/// The gradients of the scalar `loss` by every node that it depends on; `no_node` where there is none. Computed once
/// for each loss, whoever asks (asking for each parameter made it quadratic).
constexpr const growing<node_id>& adjoints(builder& b, node_id loss) {
    for (std::size_t i = 0; i < b.adjoints_of.size(); ++i)
        if (b.adjoints_of[i] == loss) return b.adjoints[i];
    const auto at = [](node_id i) { return static_cast<std::size_t>(i); };
    const int writing = b.layer;
    growing<node_id> gradient(at(loss + 1), no_node);
    gradient[at(loss)] = b.constant(1);
    // Only what the loss reaches through differentiable operands has a gradient.
    for (node_id i = loss; i >= 0; --i) {
        if (gradient[at(i)] == no_node || b[i].is_leaf()) continue;
        const gradient_rule* rule = find_rule(b[i].operation);
        if (!rule) continue;
        const adjoint here{b[i], i, gradient[at(i)]};
        b.layer = here.n.layer;  // a gradient belongs to the layer of its value
        for (int k = 0; k < here.n.arity; ++k) {
            const node_id operand = here.n.operands[at(k)];
            if (b[operand].is(op::constant)) continue;
            const node_id part = rule->apply(b, here, k);
            if (part == no_node) continue;
            node_id& sum = gradient[at(operand)];
            sum = sum == no_node ? part : b.add(sum, part);
        }
    }
    b.layer = writing;
    for (node_id i = loss; i >= 0; --i) {
        const node_id g = gradient[at(i)];
        if (g > loss && b[g].gradient_of == no_node) b.at(g).gradient_of = i;
    }
    b.adjoints_of.push_back(loss);
    b.adjoints.push_back(gradient);
    return b.adjoints.back();
}

/// The gradient of `loss` by the node `wrt`, with its shape; zeros where the loss does not depend on it.
constexpr node_id gradient(builder& b, node_id loss, node_id wrt) {
    const growing<node_id>& all = adjoints(b, loss);
    const dims shape = b.shape(wrt);
    const node_id g = wrt <= loss ? all[static_cast<std::size_t>(wrt)] : no_node;
    if (g == no_node) return b.broadcast(b.constant(0), shape);
    return b.shape(g) == shape ? g : b.broadcast(g, shape);
}

}  // namespace gradus
