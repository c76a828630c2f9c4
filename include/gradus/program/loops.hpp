// SPDX-License-Identifier: BSL-1.0
// The steps of a plan in the order of the graph: the loop nest of each, with loops of one turn dropped, neighbours that
// run as one merged, and reduced loops inside.
#pragma once
#include <gradus/program/instructions.hpp>

namespace gradus::planned::detail {

/// First part of planning: what is stored, and the steps that compute it.
class planner : public instructions {
  public:
    using instructions::instructions;

    constexpr draft plan() {
        make_steps();
        return std::move(d_);
    }

  private:
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
            if (f_[o.node].what == kind::leaf || f_[o.node].buffer != to) map_step(o.node, to, true);
        }
        for (int r : d_.results)
            if (r < 0) throw std::logic_error("an output is not stored");
    }
};

}  // namespace gradus::planned::detail
