// SPDX-License-Identifier: BSL-1.0
// The buffers of a plan, and the instructions inside its loops: a value is a load from a buffer with a stride for each
// loop, or an operation of other values.
#pragma once
#include <gradus/program/fusion.hpp>
#include <utility>

namespace gradus::planned::detail {

class instructions : public fusion {
  public:
    constexpr explicit instructions(graph_view g) : fusion(g) {
        const std::size_t many = 2 * u(size_) + 16;  // growing vectors is dear in the compiler
        d_.steps.reserve(many);
        d_.instructions.reserve(2 * many);
        d_.buffers.reserve(many);
        make_buffers();
    }

  protected:
    constexpr int new_buffer(place where, node_id node) {
        buffer b;
        b.where = where;
        b.node = node;
        b.size = elements(nodes_[node].shape);
        d_.buffers.push_back(b);
        return static_cast<int>(d_.buffers.size()) - 1;
    }
    constexpr void make_buffers() {
        for (node_id i = 0; i < size_; ++i) {
            if (nodes_[i].is(op::input)) f_[i].buffer = new_buffer(place::input, i);
            if (nodes_[i].is(op::parameter)) f_[i].buffer = new_buffer(place::parameter, i);
        }
        for (const output& o : g_.outputs) {
            if (o.assigned_to == no_node || f_[o.node].what == kind::leaf) continue;
            const int to = f_[o.assigned_to].buffer;
            if (f_[o.node].uses == 1) {  // an update that nothing else reads goes straight to its parameter
                f_[o.node].buffer = to;
            } else if (f_[o.node].buffer < 0 && renews(o.node, o.assigned_to)) {
                f_[o.node].buffer = to;
                d_.buffers[u(to)].renewed = true;
            }
        }
        for (node_id i = 0; i < size_; ++i)
            if (f_[i].what != kind::leaf && f_[i].stored && f_[i].buffer < 0)
                f_[i].buffer = new_buffer(place::arena, i);
    }
    /// Whether `v` is made of `p` element by element and nothing else reads `p`, as beta m + (1 - beta) g of a momentum
    /// m: then `v` can lie where `p` lay, whoever reads it.
    constexpr bool renews(node_id v, node_id p) const {
        if (f_[v].what != kind::elementwise) return false;
        for (node_id x = p; x != v;) {
            if (f_[x].uses != 1) return false;
            node_id user = x + 1;
            for (;; ++user) {
                if (user > v) return false;
                const node_id* const o = f_[user].operands;
                if (o[0] == x || o[1] == x || o[2] == x) break;
            }
            if (f_[user].what != kind::elementwise || !(nodes_[user].shape == nodes_[p].shape)) return false;
            x = user;
        }
        return true;
    }
    /// The buffer that holds a node row by row, or -1.
    constexpr int memory_of(node_id i) const {
        while (f_[i].buffer < 0 && nodes_[i].is(op::reshape)) i = f_[i].operands[0];
        return f_[i].buffer;
    }

    struct axis_map {
        int loop[max_rank]{-1, -1, -1, -1, -1, -1};
    };
    constexpr int add(const instruction& x) {
        const int count = static_cast<int>(d_.instructions.size());
        const instruction* const all = d_.instructions.data();
        for (int i = first_; i < count; ++i) {
            const instruction& y = all[i];
            if (x.what != y.what || x.buffer != y.buffer || x.operation != y.operation) continue;
            bool same = x.operand[0] == y.operand[0] && x.operand[1] == y.operand[1] && x.operand[2] == y.operand[2];
            if (x.what == instruction::does::constant) same = x.value == y.value && x.slot == y.slot;
            if (same && (x.what == instruction::does::compute || x.stride == y.stride)) return i - first_;
        }
        d_.instructions.push_back(x);
        return count - first_;
    }
    constexpr int constant(node_id i) {
        instruction x;
        x.node = i;
        const attributes& a = nodes_[i].attrs;
        bool late = a.literal > 0 || !nodes_[i].is(op::constant);
        for (std::int8_t p : a.powers) late = late || p != 0;
        if (late) {
            int slot = 0;
            const int known = static_cast<int>(d_.constants.size());
            while (slot < known && d_.constants[u(slot)] != i) ++slot;
            if (slot == known) d_.constants.push_back(i);
            x.slot = slot;
        } else {
            x.value = a.value;
        }
        return add(x);
    }
    /// How the axes of an operand map to loops, when those of its user are known and sizes of 1 stretch.
    constexpr axis_map stretched(const dims& from, const dims& to, const axis_map& map) const {
        const axis* const axes = from.axes.data();
        const int* const loop = map.loop + (to.rank - from.rank);
        axis_map m;
        for (int i = 0; i < from.rank; ++i) m.loop[i] = axes[i].size == 1 ? -1 : loop[i];
        return m;
    }
    /// The instructions that compute node `i`; its dimension k moves with the loop `map.loop[k]`.
    constexpr int value(node_id i, const axis_map& map, bool inside = false) {
        const node& n = nodes_[i];
        if (n.is(op::constant)) return constant(i);
        const int memory = inside || f_[i].what == kind::leaf ? memory_of(i) : -1;
        if (memory >= 0) {
            instruction x;
            x.what = instruction::does::load;
            x.operation = op::input;
            x.node = i;
            x.buffer = memory;
            const strides own = row_major(n.shape);
            for (int k = 0; k < n.shape.rank; ++k)
                if (map.loop[k] >= 0) x.stride.along[map.loop[k]] = own.along[k];
            return add(x);
        }
        if (f_[i].late) return constant(i);
        const node_id* const o = f_[i].operands;
        if (n.is(op::permute)) {
            axis_map m;
            for (int k = 0; k < n.shape.rank; ++k) m.loop[n.attrs.order[k]] = map.loop[k];
            return value(o[0], m, true);
        }
        if (n.is(op::broadcast)) return value(o[0], stretched(nodes_[o[0]].shape, n.shape, map), true);
        if (n.is(op::reshape)) {
            const node_id base = through_reshapes(i);
            if (nodes_[base].is(op::constant)) return constant(base);
            const int buffer = memory_of(o[0]);
            if (buffer < 0) throw std::logic_error("the operand of a reshape is not stored");
            instruction x;
            x.what = instruction::does::load;
            x.operation = op::input;
            x.node = o[0];
            x.buffer = buffer;
            const strides own = row_major(n.shape);
            for (int k = 0; k < n.shape.rank; ++k)
                if (map.loop[k] >= 0) x.stride.along[map.loop[k]] = own.along[k];
            return add(x);
        }
        instruction x;
        x.what = instruction::does::compute;
        x.node = i;
        x.operation = n.operation;
        if (n.is(op::one_hot)) {
            const int last = n.shape.rank - 1;
            x.operation = op::equal;
            axis_map m = map;
            m.loop[last] = -1;
            for (int k = 0; k < last; ++k)
                if (nodes_[o[0]].shape[k].size == 1) m.loop[k] = -1;
            x.operand[0] = value(o[0], m, true);
            instruction p;
            p.what = instruction::does::position;
            p.operation = op::one_hot;
            p.node = i;
            if (map.loop[last] >= 0) p.stride[map.loop[last]] = extent{};
            x.operand[1] = add(p);
            return add(x);
        }
        if (f_[i].what != kind::elementwise) throw std::logic_error("a value that is needed is not stored");
        for (int k = 0; k < n.arity; ++k) x.operand[k] = value(o[k], stretched(nodes_[o[k]].shape, n.shape, map), true);
        return add(x);
    }

    draft d_;
    int first_ = 0;  ///< the first instruction of the step that grows
};

}  // namespace gradus::planned::detail
