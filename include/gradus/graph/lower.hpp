// SPDX-License-Identifier: BSL-1.0
// From typed expressions to the graph. It walks the records of the expressions with a stack of its own, so a network
// may be as deep as memory allows; layers are inlined, with their path as prefix of their parameters' names.
#pragma once
#include <gradus/expr/expr.hpp>
#include <gradus/graph/builder.hpp>

namespace gradus {

/// Two plain numbers, by place, that a program takes for one: they stand in the same expression, used by two outputs.
struct same_number {
    int first;
    int second;
};

/// Lowers records into a builder.
class lowering {
  public:
    /// Makes the gradient of `loss` by `wrt`; calculus/grad.hpp has it.
    using differentiate = node_id (*)(builder&, node_id loss, node_id wrt);

    /// `numbers` are the plain numbers of all roots in order; without them they become run-time literals.
    constexpr lowering(builder& b, differentiate d, std::span<const double> numbers = {}, bool numbers_known = false)
        : builder_(b), differentiate_(d), numbers_(numbers), numbers_known_(numbers_known), table_(256, -1) {
        contexts_.push_back({no_node, -1, nullptr});
        places_.push_back({});
    }

    /// The node of a root expression.
    constexpr node_id root(const record& r) {
        growing<int> places;
        for (int j = 0; j < r.numbers; ++j) places.push_back(first_of_root_ + j);
        const node_id n = lower({&r, 0, list_of(places)});
        first_of_root_ += r.numbers;
        ++root_;
        return n;
    }
    /// The numbers that two roots share, to be checked when they are known.
    constexpr const growing<same_number>& shared_numbers() const { return shared_; }

  private:
    struct item {  // an expression in its surroundings
        const record* what;
        int context;  // the application of a layer that it stands in
        int numbers;  // the list of the places of its plain numbers
    };
    struct context {
        node_id argument;
        int layer;
        const record* placeholder;
    };
    struct known {
        item where;
        node_id node;
        int root;
    };
    struct entered {  // a layer that was entered: the application, the layer around it, its own entry
        const record* what;
        int around;
        int layer;
    };
    struct frame {
        item where;
        int next = 0;    // the operand to lower next
        int inner = -1;  // the context of a layer's body
    };

    constexpr node_id lower(const item& root) {
        growing<frame> stack;
        stack.push_back({root});
        node_id result = no_node;
        while (!stack.empty()) {
            frame& f = stack.back();
            const record& r = *f.where.what;
            if (f.next == 0) {
                result = find(f.where);
                if (result != no_node) {
                    stack.pop_back();
                    continue;
                }
            }
            if (f.next < r.arity) {
                const int i = f.next++;
                if (i == 1 && r.operation == op::apply) enter(f);
                const item operand = operand_item(f, i);
                const node_id there = find(operand);
                if (there == no_node) stack.push_back({operand});
                continue;
            }
            result = made(f);
            remember(f.where, result);
            stack.pop_back();
        }
        return result;
    }

    /// The surroundings of a layer's body: the argument is lowered already.
    constexpr void enter(frame& f) {
        const record& r = *f.where.what;
        const context outer = contexts_[static_cast<std::size_t>(f.where.context)];
        const node_id argument = operand(f, 0);
        int layer = -1;
        if (again_)
            for (const entered& e : entered_)
                if (e.what == &r && e.around == outer.layer) layer = e.layer;
        if (layer < 0) {
            layer = builder_.enter(r.name, r.type, outer.layer);
            builder_.layers[static_cast<std::size_t>(layer)].from = argument;
            entered_.push_back({&r, outer.layer, layer});
        }
        contexts_.push_back({argument, layer, nullptr});
        f.inner = static_cast<int>(contexts_.size()) - 1;
    }

    constexpr item operand_item(const frame& f, int i) {
        const record& r = *f.where.what;
        const int in = i == 1 && r.operation == op::apply ? f.inner : f.where.context;
        const record* const what = r.operands[static_cast<std::size_t>(i)];
        if (what->numbers == 0) return {what, in, 0};
        if (r.places[static_cast<std::size_t>(i)] == nullptr) return {what, in, f.where.numbers};
        growing<int> places;
        for (int j = 0; j < what->numbers; ++j)
            places.push_back(
                places_[static_cast<std::size_t>(f.where.numbers)][static_cast<std::size_t>(r.place(i, j))]);
        return {what, in, list_of(places)};
    }
    /// The number of a list of places; equal lists have one number.
    constexpr int list_of(const growing<int>& places) {
        if (places.empty()) return 0;
        for (std::size_t l = places_.size(); l-- > 1;) {
            const growing<int>& known = places_[l];
            bool same = known.size() == places.size();
            for (std::size_t j = 0; same && j < places.size(); ++j) same = known[j] == places[j];
            if (same) return static_cast<int>(l);
        }
        places_.push_back(places);
        return static_cast<int>(places_.size()) - 1;
    }
    constexpr node_id operand(const frame& f, int i) { return find(operand_item(f, i)); }

    constexpr node_id made(frame& f) {
        const record& r = *f.where.what;
        const context& here = contexts_[static_cast<std::size_t>(f.where.context)];
        builder_.layer = here.layer;
        switch (r.operation) {
            case op::input:
                return builder_.leaf(op::input, r.name, r.shape);
            case op::parameter:
                return builder_.leaf(op::parameter, r.name, r.shape, here.layer);
            case op::placeholder:
                return here.argument;
            case op::constant: {
                if (r.attrs.literal == 0) return builder_.constant(r.attrs.value);
                const int place = places_[static_cast<std::size_t>(f.where.numbers)][0];
                if (numbers_known_) return builder_.constant(numbers_[static_cast<std::size_t>(place)]);
                node n;
                n.operation = op::constant;
                n.attrs.literal = place + 1;
                return builder_.add(n);
            }
            case op::apply: {
                const node_id to = operand(f, 1);
                if (again_) return to;
                builder_.layers[static_cast<std::size_t>(contexts_[static_cast<std::size_t>(f.inner)].layer)].to = to;
                return to;
            }
            case op::grad:
                return gradient_of(f);
            case op::matmul:
                return product(operand(f, 0), operand(f, 1), r.shape);
            default:
                break;
        }
        node n;
        n.operation = r.operation;
        n.shape = r.shape;
        n.attrs = r.attrs;
        n.layer = here.layer;
        for (int i = 0; i < r.arity; ++i) n.operands[static_cast<std::size_t>(n.arity++)] = operand(f, i);
        return builder_.add(n);
    }

    /// The gradient of operand 0 by operand 1.
    ///
    /// An expression may be gone from the loss when that has been simplified (-x from sum(-x) = -sum(x)), so the loss
    /// is lowered again around a node that stands for the expression; in the gradient, the expression takes its place.
    constexpr node_id gradient_of(const frame& f) {
        const node_id by = operand(f, 1);
        const op operation = f.where.what->operands[1]->operation;
        if (operation == op::input || operation == op::parameter) return differentiate_(builder_, operand(f, 0), by);
        attributes unique;
        unique.axes = by;
        const node_id stand_in = builder_.make(op::placeholder, builder_.shape(by), {}, unique);
        const bool outer_again = again_;
        growing<known> outer_known;
        growing<int> outer_table(256, -1);
        known_.swap(outer_known);
        table_.swap(outer_table);
        again_ = true;
        remember(operand_item(f, 1), stand_in);
        known_.back().root = -1;  // whatever the places of its numbers
        const node_id loss = lower(operand_item(f, 0));
        known_.swap(outer_known);
        table_.swap(outer_table);
        again_ = outer_again;
        return replaced(differentiate_(builder_, loss, stand_in), loss, stand_in, by);
    }
    /// The node `n` made again, with `by` in the place of `stand_in`; so are the values of `loss`, for the notes of
    /// whose gradients nodes are.
    constexpr node_id replaced(node_id n, node_id loss, node_id stand_in, node_id by) {
        const node_id last = n > loss ? n : loss;
        if (last < stand_in) return n;
        const auto at = [stand_in](node_id i) { return static_cast<std::size_t>(i - stand_in); };
        growing<node_id> place(at(last) + 1, no_node);
        constexpr node_id needed = 0;
        for (node_id i : {n, loss})
            if (i > stand_in) place[at(i)] = needed;
        for (node_id i = last; i > stand_in; --i)
            if (place[at(i)] == needed)
                for (node_id operand : builder_[i].uses())
                    if (operand > stand_in) place[at(operand)] = needed;
        place[0] = by;
        const auto moved = [&](node_id i) { return i < stand_in ? i : place[at(i)]; };
        for (node_id i = stand_in + 1; i <= last; ++i) {
            if (place[at(i)] == no_node) continue;
            node copy = builder_[i];
            for (int k = 0; k < copy.arity; ++k) {
                node_id& operand = copy.operands[static_cast<std::size_t>(k)];
                operand = moved(operand);
            }
            const node_id of = copy.gradient_of;
            copy.gradient_of = no_node;
            const int before = builder_.size();
            const node_id made = builder_.add(copy);
            if (of != no_node && made >= before && of <= last) builder_.at(made).gradient_of = moved(of);
            place[at(i)] = made;
        }
        return moved(n);
    }

    /// Vectors become rows or columns around the product of matrices.
    constexpr node_id product(node_id a, node_id b, const dims& shape) {
        const bool row = builder_.shape(a).rank == 1;
        const bool column = builder_.shape(b).rank == 1;
        if (row) a = builder_.reshape(a, dims{{1}, builder_.shape(a)[0]});
        if (column) b = builder_.reshape(b, dims{builder_.shape(b)[0], {1}});
        const node_id c = builder_.matmul(a, b);
        return row || column ? builder_.reshape(c, shape) : c;
    }

    static constexpr std::uint64_t hash(const item& i) {
        std::uint64_t h = detail::mix(i.what->id, static_cast<std::uint64_t>(i.context));
        return h;
    }
    constexpr node_id find(const item& i) {
        const std::size_t mask = table_.size() - 1;
        for (std::size_t slot = hash(i) & mask; table_[slot] >= 0; slot = (slot + 1) & mask) {
            const known& k = known_[static_cast<std::size_t>(table_[slot])];
            if (k.where.what != i.what || k.where.context != i.context) continue;
            if (k.where.numbers == i.numbers) return k.node;
            const growing<int>& here = places_[static_cast<std::size_t>(i.numbers)];
            const growing<int>& there = places_[static_cast<std::size_t>(k.where.numbers)];
            if (numbers_known_) {
                if (k.root < 0 && same_values(there, here)) return k.node;
            } else if (k.root < root_ && i.what->arity > 0) {  // an output that contains another one; not a bare number
                for (std::size_t n = 0; n < here.size(); ++n) shared_.push_back({there[n], here[n]});
                return k.node;
            }
        }
        return no_node;
    }
    constexpr bool same_values(const growing<int>& first, const growing<int>& second) const {
        for (std::size_t n = 0; n < first.size(); ++n)
            if (numbers_[static_cast<std::size_t>(first[n])] != numbers_[static_cast<std::size_t>(second[n])])
                return false;
        return true;
    }
    constexpr void remember(const item& i, node_id node) {
        if (2 * known_.size() > table_.size()) {
            table_.assign(4 * table_.size(), -1);
            for (std::size_t k = 0; k < known_.size(); ++k) place(static_cast<int>(k));
        }
        known_.push_back({i, node, root_});
        place(static_cast<int>(known_.size()) - 1);
    }
    constexpr void place(int k) {
        const std::size_t mask = table_.size() - 1;
        std::size_t slot = hash(known_[static_cast<std::size_t>(k)].where) & mask;
        while (table_[slot] >= 0) slot = (slot + 1) & mask;
        table_[slot] = k;
    }

    builder& builder_;
    differentiate differentiate_;
    std::span<const double> numbers_;
    bool numbers_known_;
    int first_of_root_ = 0;
    int root_ = 0;
    growing<context> contexts_;
    growing<growing<int>> places_;  // lists of places of plain numbers; the first is empty
    growing<known> known_;
    growing<entered> entered_;
    bool again_ = false;  // a loss is lowered for a second time: its layers are known
    growing<int> table_;
    growing<same_number> shared_;
};

}  // namespace gradus
