// SPDX-License-Identifier: BSL-1.0
// The plan of a program: which values are stored, which are computed on the way inside another loop, in which order the
// loops run, and how long each stored value lives. Made from the graph while the compiler runs.
//
// A step fills one buffer. It is a short list of instructions (loads, constants, elementwise operations) inside a nest
// of at most six loops; broadcasting and permuting are only strides of a load. The kernels are made from the steps.
#pragma once
#include <gradus/program/step.hpp>
#include <stdexcept>

namespace gradus::planned {

namespace detail {

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

/// Whether a step reads a buffer only where it writes.
constexpr bool in_place(const step& s, const instruction* all, int buffer) {
    const instruction* const x = all + s.first;
    for (int i = 0; i < s.count; ++i)
        if (x[i].buffer == buffer && !(x[i].stride == s.out_stride)) return false;
    return true;
}
constexpr bool reads(const step& s, const instruction* all, int buffer) {
    const instruction* const x = all + s.first;
    for (int i = 0; i < s.count; ++i)
        if (x[i].buffer == buffer) return true;
    return s.accumulate && s.out == buffer;
}
/// A buffer of the arena in place of a parameter's, which takes the value at the very end.
constexpr int make_detour(draft& d, int parameter) {
    const int through = static_cast<int>(d.buffers.size());
    d.buffers.push_back(d.buffers[static_cast<std::size_t>(parameter)]);
    d.buffers.back().where = place::arena;
    d.detours.push_back({through, parameter});
    return through;
}

/// First part of planning: what is stored, and the steps that compute it, in the order of the graph.
/// Raw pointers and plain loops, and two parts: clang allows a million steps for each.
class planner {
  public:
    constexpr explicit planner(graph_view g)
        : g_(g), nodes_(g.nodes.data()), size_(g.size()), f_(new facts[static_cast<std::size_t>(g.size())]{}) {}
    constexpr ~planner() { delete[] f_; }
    planner(const planner&) = delete;
    planner& operator=(const planner&) = delete;

    constexpr draft plan() {
        const std::size_t many = 2 * u(size_) + 16;  // growing vectors is dear in the compiler
        d_.steps.reserve(many);
        d_.instructions.reserve(2 * many);
        d_.buffers.reserve(many);
        look_at_nodes();
        look_at_outputs();
        choose_stored();
        make_buffers();
        make_steps();
        return std::move(d_);
    }

  private:
    static constexpr int nobody = -1;
    static constexpr int several = -2;

    /// What is found out about a node.
    struct facts {
        node_id operands[3]{no_node, no_node, no_node};  ///< after the planner's own rewriting
        kind what = kind::leaf;
        bool fusible = false;  ///< can be computed inside the loop of its user
        bool stored = false;
        bool scalar = false;    ///< computed from constants alone
        bool assigned = false;  ///< a parameter that an output updates
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

    // ---- what each node costs, and who uses it

    constexpr void look_at_nodes() {
        std::vector<node_id> relu_of(u(size_), no_node);
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
            f_[i].scalar = n.is(op::constant);
            if (f_[i].what == kind::elementwise || f_[i].what == kind::view || n.is(op::one_hot)) {
                int score = f_[i].fusible ? cost_of(n.operation) : 0;
                int weight = 1;
                bool scalar = n.shape.rank == 0 && f_[i].what == kind::elementwise;
                for (int k = 0; k < n.arity; ++k) {
                    score += f_[o[k]].score;
                    weight += f_[o[k]].weight;
                    scalar = scalar && f_[o[k]].scalar;
                }
                f_[i].score = score < 1000 ? score : 1000;
                f_[i].scalar = scalar;
                if (weight > max_fused && f_[i].fusible) {
                    f_[i].stored = true;
                    weight = 1;
                    f_[i].score = 0;
                }
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
    constexpr node_id through_reshapes(node_id v) const {
        while (nodes_[v].is(op::reshape)) v = f_[v].operands[0];
        return v;
    }
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
    constexpr bool reads_assigned(node_id x) const {
        while (f_[x].what == kind::view) x = f_[x].operands[0];
        return f_[x].assigned;
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

    // ---- buffers

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
        for (const output& o : g_.outputs)  // an update that nothing else reads goes straight to its parameter
            if (o.assigned_to != no_node && f_[o.node].what != kind::leaf && f_[o.node].uses == 1)
                f_[o.node].buffer = f_[o.assigned_to].buffer;
        for (node_id i = 0; i < size_; ++i)
            if (f_[i].what != kind::leaf && f_[i].stored && f_[i].buffer < 0)
                f_[i].buffer = new_buffer(place::arena, i);
    }
    /// The buffer that holds a node row by row, or -1.
    constexpr int memory_of(node_id i) const {
        while (f_[i].buffer < 0 && nodes_[i].is(op::reshape)) i = f_[i].operands[0];
        return f_[i].buffer;
    }

    // ---- instructions

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
        bool late = a.literal > 0;
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

    // ---- steps

    constexpr step begin(kernel what, node_id i, const dims& space, int marked) {
        first_ = static_cast<int>(d_.instructions.size());
        step s;
        s.what = what;
        s.operation = nodes_[i].operation;
        s.node = i;
        s.out = f_[i].buffer;
        s.first = first_;
        s.loops = space.rank;
        s.marked = marked;
        const axis* const axes = space.axes.data();
        for (int k = 0; k < space.rank; ++k)
            s.size.along[k] = axes[k].size >= 0 ? extent{axes[k].size, 0} : size_of(axes[k]);
        return s;
    }
    static constexpr axis_map identity(const dims& d) {
        const axis* const axes = d.axes.data();
        axis_map m;
        for (int i = 0; i < d.rank; ++i) m.loop[i] = axes[i].size == 1 ? -1 : i;
        return m;
    }
    /// Puts the loops into another order: loop i becomes what was loop order[i].
    constexpr void reorder(step& s, const int* order, int count) {
        const auto moved = [&](const strides& old) {
            strides n;
            for (int k = 0; k < count; ++k) n.along[k] = old.along[order[k]];
            return n;
        };
        instruction* const all = d_.instructions.data() + s.first;
        for (int i = 0; i < s.count; ++i)
            if (all[i].what == instruction::does::load || all[i].what == instruction::does::position)
                all[i].stride = moved(all[i].stride);
        s.size = moved(s.size);
        s.out_stride = moved(s.out_stride);
        int marked = 0;
        for (int k = 0; k < count; ++k)
            if (s.marked >> order[k] & 1) marked |= 1 << k;
        s.marked = marked;
        s.loops = count;
    }
    constexpr bool can_merge(const step& s, int d) const {
        if ((s.marked >> d & 1) != (s.marked >> (d + 1) & 1)) return false;
        const extent& n = s.size.along[d + 1];
        if (!(s.out_stride.along[d] == s.out_stride.along[d + 1] * n)) return false;
        const instruction* const all = d_.instructions.data() + s.first;
        for (int i = 0; i < s.count; ++i) {
            if (all[i].what != instruction::does::load && all[i].what != instruction::does::position) continue;
            const extent* const t = all[i].stride.along + d;
            if (!(t[0] == t[1] * n)) return false;
        }
        return true;
    }
    constexpr void merge_loops(step& s) {
        int order[max_rank]{};
        for (int d = s.loops - 1; d-- > 0;) {
            if (!can_merge(s, d)) continue;
            s.size[d + 1] = s.size[d] * s.size[d + 1];
            int count = 0;
            for (int k = 0; k < s.loops; ++k)
                if (k != d) order[count++] = k;
            reorder(s, order, count);
        }
    }
    /// Ends a step: loops of one turn go, neighbours that run as one are merged, marked loops go inside.
    constexpr void end(step s) {
        s.count = static_cast<int>(d_.instructions.size()) - s.first;
        int order[max_rank]{};
        int count = 0;
        int marked_left = 0;
        for (int k = 0; k < s.loops; ++k) marked_left += s.marked >> k & 1;
        for (int k = 0; k < s.loops; ++k) {
            const bool marked = s.marked >> k & 1;
            if (s.size[k].is(1) && (!marked || marked_left > 1)) {
                marked_left -= marked;
                continue;
            }
            order[count++] = k;
        }
        if (count != s.loops) reorder(s, order, count);
        merge_loops(s);
        if (s.marked != 0) {
            const int last = s.loops - 1;
            const bool marked_last = s.what != kernel::reduce || (s.marked >> last & 1);
            count = 0;
            for (int k = 0; k < s.loops; ++k)
                if (!(s.marked >> k & 1) && (marked_last || k != last)) order[count++] = k;
            for (int k = 0; k < s.loops; ++k)
                if (s.marked >> k & 1) order[count++] = k;
            if (!marked_last) order[count++] = last;
            reorder(s, order, count);
            merge_loops(s);
        }
        d_.steps.push_back(s);
    }
    /// Moves the result of the step to the end of its instructions, where the kernels look for it.
    constexpr void put_last(const step& s, int result) {
        if (s.first + result + 1 == static_cast<int>(d_.instructions.size())) return;
        d_.instructions.push_back(d_.instructions[u(s.first + result)]);
    }

    constexpr void map_step(node_id i, int out, bool copy) {
        const dims& shape = nodes_[i].shape;
        step s = begin(kernel::map, i, shape, 0);
        s.out = out;
        s.out_stride = row_major(shape);
        put_last(s, value(i, identity(shape), copy));
        end(s);
        // In place over its own parameter only if it reads each element where it writes it.
        step& made = d_.steps.back();
        if (d_.buffers[u(out)].where == place::parameter && !in_place(made, d_.instructions.data(), out))
            made.out = make_detour(d_, out);
    }
    constexpr void avoid_own_parameter() {
        step& s = d_.steps.back();
        if (d_.buffers[u(s.out)].where != place::parameter || s.accumulate) return;
        if (reads(s, d_.instructions.data(), s.out)) s.out = make_detour(d_, s.out);
    }

    constexpr void reduce_step(node_id i) {
        const node_id x = f_[i].operands[0];
        const dims& space = nodes_[x].shape;
        const attributes& a = nodes_[i].attrs;
        if (a.axes == 0) {  // over nothing: a copy
            step s = begin(kernel::map, i, space, 0);
            s.out_stride = row_major(space);
            put_last(s, value(x, identity(space), true));
            end(s);
            avoid_own_parameter();
            return;
        }
        step s = begin(kernel::reduce, i, space, a.axes);
        extent n;
        for (int k = space.rank; k-- > 0;) {
            if (a.axes >> k & 1) continue;
            s.out_stride[k] = s.size[k].is(1) ? nothing : n;
            n = n * s.size[k];
        }
        put_last(s, value(x, identity(space), true));
        end(s);
        avoid_own_parameter();
    }
    constexpr void softmax_step(node_id i) {
        const dims& space = nodes_[i].shape;
        step s = begin(kernel::softmax, i, space, nodes_[i].attrs.axes);
        s.out_stride = row_major(space);
        put_last(s, value(f_[i].operands[0], identity(space), true));
        end(s);
        avoid_own_parameter();
    }
    constexpr void loss_step(node_id i) {
        const node_id scores = f_[i].operands[0];
        const node_id target = f_[i].operands[1];
        const dims& space = nodes_[scores].shape;
        const int last = space.rank - 1;
        step s = begin(kernel::loss, i, space, 1 << last);
        extent n;
        for (int k = last; k-- > 0;) {
            s.out_stride[k] = s.size[k].is(1) ? nothing : n;
            n = n * s.size[k];
        }
        s.result[0] = value(scores, identity(space), true);
        axis_map m = identity(nodes_[target].shape);
        s.result[1] = value(target, m, true);
        end(s);
        avoid_own_parameter();
    }
    constexpr void product_step(node_id i) {
        const bool update = f_[i].product != no_node;
        const node_id p = update ? f_[i].product : i;
        const node_id a = f_[p].operands[0];
        const node_id b = f_[p].operands[1];
        const dims& da = nodes_[a].shape;
        const dims& db = nodes_[b].shape;
        const dims& dc = nodes_[p].shape;
        const int lead_a = da.rank > 2 ? da.rank - 2 : 0;
        const int lead_b = db.rank > 2 ? db.rank - 2 : 0;
        const int lead = lead_a > lead_b ? lead_a : lead_b;
        dims space;
        for (int k = 0; k < lead; ++k) space.push_back(dc[k]);
        step s = begin(kernel::product, i, space, 0);
        s.operation = op::matmul;
        strides sa, sb;
        const node_id from_a = reach(a, sa);
        const node_id from_b = reach(b, sb);
        if (from_a == no_node || from_b == no_node) throw std::logic_error("a factor is not stored");
        s.m = da.rank > 1 ? size_of(da.back(1)) : extent{};
        s.k = size_of(da.back());
        s.n = db.rank > 1 ? size_of(db.back()) : extent{};
        s.a_m = da.rank > 1 ? sa[da.rank - 2] : nothing;
        s.a_k = sa[da.rank - 1];
        s.b_k = db.rank > 1 ? sb[db.rank - 2] : sb[0];
        s.b_n = db.rank > 1 ? sb[db.rank - 1] : nothing;
        extent n = s.m * s.n;
        for (int k = lead; k-- > 0;) {
            s.out_stride[k] = s.size[k].is(1) ? nothing : n;
            n = n * s.size[k];
        }
        const auto factor = [&](node_id from, const strides& own, int count) {
            instruction x;
            x.what = instruction::does::load;
            x.operation = op::input;
            x.node = from;
            x.buffer = memory_of(from);
            for (int k = 0; k < count; ++k) x.stride[lead - count + k] = own[k];
            d_.instructions.push_back(x);  // never one for both: a a^T
        };
        factor(from_a, sa, lead_a);
        factor(from_b, sb, lead_b);
        s.result[0] = 0;
        s.result[1] = 1;
        if (update) {
            s.accumulate = true;
            const int alpha = scale(i, p);
            put_last(s, alpha);
        }
        end(s);
        step& made = d_.steps.back();
        // Rows of a batch that follow each other and meet one right factor are more rows of one product.
        while (made.loops > 0) {
            const int inner = made.loops - 1;
            const strides& left = d_.instructions[u(made.first)].stride;
            const strides& right = d_.instructions[u(made.first + 1)].stride;
            if (right[inner].fixed != 0) break;
            if (made.m.is(1))
                made.a_m = left[inner];
            else if (!(left[inner] == made.m * made.a_m))
                break;
            made.m = made.m * made.size[inner];
            made.loops = inner;
        }
        avoid_own_parameter();
    }
    /// The instructions for c in `p + c * product`.
    constexpr int scale(node_id i, node_id product) {
        const auto apply = [&](op o, int a, int b) {
            instruction x;
            x.what = instruction::does::compute;
            x.operation = o;
            x.node = i;
            x.operand[0] = a;
            x.operand[1] = b;
            return add(x);
        };
        instruction one;
        one.value = nodes_[i].is(op::sub) ? -1 : 1;
        int c = add(one);
        node_id x = f_[i].operands[nodes_[f_[i].operands[0]].is(op::parameter) ? 1 : 0];
        while (x != product) {
            const node_id a = f_[x].operands[0];
            const node_id b = f_[x].operands[1];
            const op o = nodes_[x].operation;
            if (o == op::neg) {
                c = apply(op::neg, c, -1);
                x = a;
            } else if (o == op::mul && f_[a].scalar) {
                c = apply(op::mul, c, value(a, {}, true));
                x = b;
            } else {
                c = apply(o, c, value(b, {}, true));
                x = a;
            }
        }
        return c;
    }

    constexpr void check_classes(node_id indices, const axis& classes) {
        while (f_[indices].what == kind::view) indices = f_[indices].operands[0];
        if (!nodes_[indices].is(op::input)) return;
        const class_check check{f_[indices].buffer, size_of(classes)};
        for (const class_check& c : d_.checks)
            if (c.buffer == check.buffer && c.classes == check.classes) return;
        d_.checks.push_back(check);
    }
    constexpr void make_steps() {
        // Outputs that are leaves are copied first: a parameter may change later, an input may go.
        std::vector<int> copy_of(u(size_), -1);
        for (const output& o : g_.outputs) {
            if (o.assigned_to != no_node || f_[o.node].what != kind::leaf || copy_of[u(o.node)] >= 0) continue;
            copy_of[u(o.node)] = new_buffer(place::arena, o.node);
            map_step(o.node, copy_of[u(o.node)], true);
        }
        for (node_id i = 0; i < size_; ++i) {
            if (f_[i].what == kind::leaf) continue;
            const bool alive = f_[i].stored || f_[i].owner != nobody;
            if (alive && nodes_[i].is(op::one_hot)) check_classes(f_[i].operands[0], nodes_[i].shape.back());
            if (alive && nodes_[i].is(op::cross_entropy))
                check_classes(f_[i].operands[1], nodes_[f_[i].operands[0]].shape.back());
            if (!f_[i].stored) continue;
            if (f_[i].product != no_node || f_[i].what == kind::product)
                product_step(i);
            else if (f_[i].what == kind::reduction)
                reduce_step(i);
            else if (nodes_[i].is(op::softmax) || nodes_[i].is(op::log_softmax))
                softmax_step(i);
            else if (nodes_[i].is(op::cross_entropy) || nodes_[i].is(op::cross_entropy_soft))
                loss_step(i);
            else
                map_step(i, f_[i].buffer, false);
        }
        for (const output& o : g_.outputs) {
            if (o.assigned_to == no_node) {
                d_.results.push_back(f_[o.node].what == kind::leaf ? copy_of[u(o.node)] : memory_of(o.node));
                continue;
            }
            const int to = f_[o.assigned_to].buffer;
            d_.results.push_back(to);
            if (f_[o.node].what == kind::leaf || f_[o.node].uses > 1) map_step(o.node, to, true);
        }
        for (int r : d_.results)
            if (r < 0) throw std::logic_error("an output is not stored");
    }

    graph_view g_;
    const node* nodes_;
    int size_;
    facts* f_;  ///< one for each node
    int first_ = 0;
    draft d_;
};

/// Second part: the order of the steps, and how long each buffer lives.
class scheduler {
  public:
    constexpr explicit scheduler(draft d) : d_(std::move(d)) {}

    constexpr draft schedule() {
        order_steps();
        find_lifetimes();
        reuse_in_place();
        return std::move(d_);
    }

  private:
    static constexpr std::size_t u(int i) { return static_cast<std::size_t>(i); }

    /// A step that changes a parameter waits until all others have read it.
    constexpr void order_steps() {
        const int count = static_cast<int>(d_.steps.size());
        std::vector<int> counted(d_.buffers.size(), 0);
        int* const readers = counted.data();
        const auto each_parameter = [&](const step& s, int by) {
            const instruction* const x = d_.instructions.data() + s.first;
            const buffer* const b = d_.buffers.data();
            for (int i = 0; i < s.count; ++i) {
                if (x[i].buffer < 0 || b[x[i].buffer].where != place::parameter) continue;
                bool again = s.accumulate && x[i].buffer == s.out;
                for (int k = 0; k < i; ++k) again = again || x[k].buffer == x[i].buffer;
                if (!again) readers[x[i].buffer] += by;
            }
            if (s.accumulate) readers[s.out] += by;
        };
        for (const step& s : d_.steps) each_parameter(s, 1);
        const auto must_wait = [&](const step& s) {
            return d_.buffers[u(s.out)].where == place::parameter &&
                   readers[s.out] > (reads(s, d_.instructions.data(), s.out) ? 1 : 0);
        };
        std::vector<step> ordered;
        std::vector<step> waiting;
        ordered.reserve(u(count));
        const auto run = [&](const step& s) {
            ordered.push_back(s);
            each_parameter(s, -1);
        };
        const auto release = [&] {
            for (std::size_t w = 0; w < waiting.size();) {
                if (must_wait(waiting[w])) {
                    ++w;
                    continue;
                }
                run(waiting[w]);
                waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(w));
                w = 0;
            }
        };
        for (const step& s : d_.steps) {
            if (must_wait(s)) {
                waiting.push_back(s);
            } else {
                run(s);
            }
            if (!waiting.empty()) release();
        }
        while (!waiting.empty()) {  // updates that read each other's parameters: one goes a detour
            step s = waiting.front();
            waiting.erase(waiting.begin());
            s.out = make_detour(d_, s.out);
            run(s);
            release();
        }
        d_.steps = std::move(ordered);
        for (const detour& by : d_.detours) {
            const buffer& to = d_.buffers[u(by.to)];
            instruction x;
            x.what = instruction::does::load;
            x.operation = op::input;
            x.node = to.node;
            x.buffer = by.from;
            x.stride.along[0] = extent{};
            step s;
            s.operation = op::input;
            s.node = to.node;
            s.out = by.to;
            s.first = static_cast<int>(d_.instructions.size());
            s.count = 1;
            s.loops = 1;
            s.size.along[0] = to.size;
            s.out_stride.along[0] = extent{};
            d_.instructions.push_back(x);
            d_.steps.push_back(s);
        }
    }

    constexpr void find_lifetimes() {
        const int count = static_cast<int>(d_.steps.size());
        const step* const steps = d_.steps.data();
        const instruction* const all = d_.instructions.data();
        buffer* const b = d_.buffers.data();
        for (int i = 0; i < count; ++i) {
            buffer& out = b[steps[i].out];
            if (out.first < 0) out.first = i;
            out.last = i;
            const instruction* const end = all + steps[i].first + steps[i].count;
            for (const instruction* x = all + steps[i].first; x != end; ++x)
                if (x->buffer >= 0) b[x->buffer].last = i;
        }
        for (int r : d_.results) b[r].last = count;
    }
    /// A map or softmax whose operand dies there writes over it.
    constexpr void reuse_in_place() {
        const int count = static_cast<int>(d_.steps.size());
        step* const steps = d_.steps.data();
        instruction* const all = d_.instructions.data();
        buffer* const b = d_.buffers.data();
        std::vector<int> merged(d_.buffers.size(), -1);
        int* const instead = merged.data();
        for (int i = 0; i < count; ++i) {
            step& s = steps[i];
            for (int k = s.first; k < s.first + s.count; ++k)
                if (all[k].buffer >= 0 && instead[all[k].buffer] >= 0) all[k].buffer = instead[all[k].buffer];
            buffer& out = b[s.out];
            if (out.where != place::arena || (s.what != kernel::map && s.what != kernel::softmax)) continue;
            for (int k = s.first; k < s.first + s.count; ++k) {
                if (all[k].buffer < 0) continue;
                buffer& from = b[all[k].buffer];
                if (from.where != place::arena || from.last != i || !(from.size == out.size)) continue;
                if (!in_place(s, all, all[k].buffer)) continue;
                from.last = out.last;
                out.first = out.last = -1;
                instead[s.out] = all[k].buffer;
                s.out = all[k].buffer;
                break;
            }
        }
        for (int& r : d_.results)
            if (instead[r] >= 0) r = instead[r];
    }

    draft d_;
};

}  // namespace detail

/// The plan of a graph, at its exact size.
template <int Steps, int Instructions, int Buffers, int Outputs, int Checks, int Constants, int Detours> struct plan {
    std::array<step, Steps> steps{};
    std::array<instruction, Instructions> instructions{};
    std::array<buffer, Buffers> buffers{};
    std::array<int, Outputs> results{};
    std::array<class_check, Checks> checks{};
    std::array<late_constant, Constants> constants{};
    std::array<detour, Detours> detours{};

    constexpr operator plan_view() const {
        std::size_t leaves = 0;
        while (leaves < buffers.size() && buffers[leaves].where != place::arena) ++leaves;
        return {steps, instructions, buffers, results, checks, constants, leaves};
    }
};

namespace detail {
template <class To, class From> constexpr void copy(To& to, const From& from) {
    auto* place = to.data();
    for (const auto& x : from) *place++ = x;
}
template <class To, class From> constexpr void copy_plan(To& to, const From& from) {
    copy(to.steps, from.steps);
    copy(to.instructions, from.instructions);
    copy(to.buffers, from.buffers);
    copy(to.results, from.results);
    copy(to.checks, from.checks);
    copy(to.constants, from.constants);
    copy(to.detours, from.detours);
}
/// What `Make::make()` drafts, at its exact size.
template <class Make> constexpr auto exact() {
    constexpr auto n = [] {
        const draft d = Make::make();
        return std::array{static_cast<int>(d.steps.size()),   static_cast<int>(d.instructions.size()),
                          static_cast<int>(d.buffers.size()), static_cast<int>(d.results.size()),
                          static_cast<int>(d.checks.size()),  static_cast<int>(d.constants.size()),
                          static_cast<int>(d.detours.size())};
    }();
    plan<n[0], n[1], n[2], n[3], n[4], n[5], n[6]> p;
    copy_plan(p, Make::make());
    return p;
}
template <class Source> struct computed {
    static constexpr draft make() { return planner(Source::graph).plan(); }
    static constexpr auto value = exact<computed>();
};
template <class Source> struct scheduled {
    static constexpr draft make() {
        constexpr const auto& from = computed<Source>::value;
        draft d;
        // Each detour that is still to come adds a step, an instruction and a buffer.
        const std::size_t spare = Source::graph.outputs.size();
        d.steps.reserve(from.steps.size() + spare);
        d.instructions.reserve(from.instructions.size() + spare);
        d.buffers.reserve(from.buffers.size() + spare);
        d.steps.assign(from.steps.begin(), from.steps.end());
        d.instructions.assign(from.instructions.begin(), from.instructions.end());
        d.buffers.assign(from.buffers.begin(), from.buffers.end());
        d.results.assign(from.results.begin(), from.results.end());
        d.checks.assign(from.checks.begin(), from.checks.end());
        d.constants.assign(from.constants.begin(), from.constants.end());
        d.detours.assign(from.detours.begin(), from.detours.end());
        return scheduler(std::move(d)).schedule();
    }
};
}  // namespace detail

/// The plan of `Source::graph` as one constant.
template <class Source> struct of { static constexpr auto value = detail::exact<detail::scheduled<Source>>(); };

}  // namespace gradus::planned
