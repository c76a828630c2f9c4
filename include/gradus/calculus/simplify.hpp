// SPDX-License-Identifier: BSL-1.0
// Rewrites that leave formulas as a person would write them. They run while a graph is built: each looks at a node that
// is about to be made and may return another that serves instead. None changes a value beyond rounding, loses a NaN or
// an infinity (but (-inf)^(1/2), which is NaN here as in PyTorch), or reorders a sum. Each has a name, so that a
// derivation can be told step by step.
#pragma once
#include <gradus/graph/builder.hpp>

namespace gradus {

struct rewrite {
    op operation;           ///< the operation of the node it looks at
    std::string_view name;  ///< as a derivation tells it
    node_id (*apply)(builder&, const node&);
};

namespace detail {

constexpr bool is(const builder& b, node_id i, op o) { return b[i].operation == o; }
/// A constant whose value is known now.
constexpr bool is_constant(const builder& b, node_id i) {
    return b[i].operation == op::constant && b[i].attrs.literal == 0;
}
constexpr bool has_powers(const node& n) {
    for (int p : n.attrs.powers)
        if (p != 0) return true;
    return false;
}
constexpr bool is_number(const builder& b, node_id i) { return is_constant(b, i) && !has_powers(b[i]); }
constexpr bool is_value(const builder& b, node_id i, double v) { return is_number(b, i) && b[i].attrs.value == v; }
/// A scalar factor: c * a with a known c.
constexpr bool is_scaled(const builder& b, node_id i) {
    return b[i].operation == op::mul && is_constant(b, b[i].operands[0]);
}
constexpr node_id factor(const builder& b, node_id i) { return b[i].operands[0]; }
constexpr node_id rest(const builder& b, node_id i) { return b[i].operands[1]; }

/// Far enough from overflow and underflow that two of them can be multiplied or divided while compiling, where the
/// language forbids an infinity to arise; numbers beyond are left to the program.
constexpr bool is_moderate(double v) {
    const double size = v < 0 ? -v : v;
    return v == 0 || (size >= 1e-150 && size <= 1e150);
}
constexpr bool foldable(const builder& b, node_id x, node_id y) {
    return is_constant(b, x) && is_constant(b, y) && is_moderate(b[x].attrs.value) && is_moderate(b[y].attrs.value);
}

/// The product or quotient of two constants.
constexpr node_id folded(builder& b, node_id x, node_id y, bool divide) {
    node n;
    n.operation = op::constant;
    n.attrs = b[x].attrs;
    n.attrs.value = divide ? n.attrs.value / b[y].attrs.value : n.attrs.value * b[y].attrs.value;
    for (std::size_t i = 0; i < max_symbols; ++i)
        n.attrs.powers[i] = static_cast<std::int8_t>(divide ? n.attrs.powers[i] - b[y].attrs.powers[i]
                                                            : n.attrs.powers[i] + b[y].attrs.powers[i]);
    return b.add(n);
}
constexpr node_id stretched(builder& b, node_id a, const dims& to) { return b.shape(a) == to ? a : b.broadcast(a, to); }

/// Whether `order` swaps the last two dimensions and leaves the others.
constexpr bool swaps_last_two(const node& n) {
    const int rank = n.shape.rank;
    if (rank < 2) return false;
    for (int i = 0; i < rank - 2; ++i)
        if (n.attrs.order[i] != i) return false;
    return n.attrs.order[rank - 1] == rank - 2 && n.attrs.order[rank - 2] == rank - 1;
}

/// An elementwise operation stretches its operands itself: a broadcast of one that leaves the shape is not needed.
constexpr node_id implied_broadcast(builder& b, const node& n) {
    for (std::size_t k = 0; k < static_cast<std::size_t>(n.arity); ++k) {
        if (!is(b, n.operands[k], op::broadcast)) continue;
        node bare = n;
        bare.operands[k] = b[n.operands[k]].operands[0];
        dims shape = b.shape(bare.operands[0]);
        for (std::size_t i = 1; i < static_cast<std::size_t>(n.arity); ++i) {
            shape = rules::broadcast("", shape, b.shape(bare.operands[i]));
            if (!fits(shape)) return no_node;
        }
        if (shape == n.shape) return b.add(bare);
    }
    return no_node;
}

/// f(c * a) = c * f(a) for an operation that is linear in operand k.
template <int K> constexpr node_id factor_out(builder& b, const node& n) {
    const node_id operand = n.operands[K];
    if (!is_scaled(b, operand)) return no_node;
    const node_id c = factor(b, operand);
    node bare = n;
    bare.operands[K] = rest(b, operand);
    if (!(b.shape(bare.operands[K]) == b.shape(operand))) return no_node;
    return b.mul(c, b.add(bare));
}

constexpr double folded_unary(op o, double a) {
    switch (o) {
        case op::neg:
            return -a;
        case op::abs:
            return a < 0 ? -a : a;
        case op::relu:
            return a < 0 ? 0 : a;
        case op::sign:
            return a > 0 ? 1 : a < 0 ? -1 : 0;
        default:
            return 0;
    }
}
constexpr node_id fold_unary(builder& b, const node& n) {
    return is_number(b, n.operands[0]) ? b.constant(folded_unary(n.operation, b[n.operands[0]].attrs.value)) : no_node;
}

}  // namespace detail

/// The table, in the order of `op`; of one operation the first that applies wins.
inline constexpr rewrite rewrites[] = {
    {op::neg, "fold constants", detail::fold_unary},
    {op::neg, "-(-a) = a",
     [](builder& b, const node& n) {
         return detail::is(b, n.operands[0], op::neg) ? b[n.operands[0]].operands[0] : no_node;
     }},
    {op::neg, "-(a - b) = b - a",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::sub) ? b.sub(a.operands[1], a.operands[0]) : no_node;
     }},
    {op::neg, "-(c a) = (-c) a",
     [](builder& b, const node& n) {
         const node_id a = n.operands[0];
         if (!detail::is_scaled(b, a)) return no_node;
         const node_id c = detail::folded(b, detail::factor(b, a), b.constant(-1), false);
         return b.mul(c, detail::rest(b, a));
     }},
    {op::exp, "exp(log_softmax(a)) = softmax(a)",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::log_softmax) ? b.make(op::softmax, a.shape, {a.operands[0]}, a.attrs) : no_node;
     }},
    {op::log, "log(exp(a)) = a",
     [](builder& b, const node& n) {
         return detail::is(b, n.operands[0], op::exp) ? b[n.operands[0]].operands[0] : no_node;
     }},
    {op::log, "log(softmax(a)) = log_softmax(a)",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::softmax) ? b.make(op::log_softmax, a.shape, {a.operands[0]}, a.attrs) : no_node;
     }},
    {op::relu, "fold constants", detail::fold_unary},
    {op::relu, "relu(relu(a)) = relu(a)",
     [](builder& b, const node& n) { return detail::is(b, n.operands[0], op::relu) ? n.operands[0] : no_node; }},
    {op::abs, "fold constants", detail::fold_unary},
    {op::sign, "fold constants", detail::fold_unary},
    {op::add, "fold constants",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         return detail::foldable(b, x, y) && detail::is_number(b, x) && detail::is_number(b, y)
                    ? b.constant(b[x].attrs.value + b[y].attrs.value)
                    : no_node;
     }},
    {op::add, "a + 0 = a",
     [](builder& b, const node& n) {
         if (detail::is_value(b, n.operands[1], 0)) return n.operands[0];
         return detail::is_value(b, n.operands[0], 0) ? n.operands[1] : no_node;
     }},
    {op::add, "broadcasting is implied", detail::implied_broadcast},
    {op::add, "a + (-b) = a - b",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         if (detail::is(b, y, op::neg)) return b.sub(x, b[y].operands[0]);
         return detail::is(b, x, op::neg) ? b.sub(y, b[x].operands[0]) : no_node;
     }},
    {op::add, "a + a = 2 a",
     [](builder& b, const node& n) {
         return n.operands[0] == n.operands[1] ? b.mul(b.constant(2), n.operands[0]) : no_node;
     }},
    {op::sub, "fold constants",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         return detail::foldable(b, x, y) && detail::is_number(b, x) && detail::is_number(b, y)
                    ? b.constant(b[x].attrs.value - b[y].attrs.value)
                    : no_node;
     }},
    {op::sub, "a - 0 = a",
     [](builder& b, const node& n) { return detail::is_value(b, n.operands[1], 0) ? n.operands[0] : no_node; }},
    {op::sub, "0 - a = -a",
     [](builder& b, const node& n) { return detail::is_value(b, n.operands[0], 0) ? b.neg(n.operands[1]) : no_node; }},
    {op::sub, "broadcasting is implied", detail::implied_broadcast},
    {op::sub, "a - (-b) = a + b",
     [](builder& b, const node& n) {
         const node_id y = n.operands[1];
         return detail::is(b, y, op::neg) ? b.add(n.operands[0], b[y].operands[0]) : no_node;
     }},
    {op::mul, "fold constants",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         return detail::foldable(b, x, y) ? detail::folded(b, x, y, false) : no_node;
     }},
    {op::mul, "1 a = a",
     [](builder& b, const node& n) {
         if (detail::is_value(b, n.operands[1], 1)) return n.operands[0];
         return detail::is_value(b, n.operands[0], 1) ? n.operands[1] : no_node;
     }},
    {op::mul, "-1 a = -a",
     [](builder& b, const node& n) {
         if (detail::is_value(b, n.operands[1], -1)) return b.neg(n.operands[0]);
         return detail::is_value(b, n.operands[0], -1) ? b.neg(n.operands[1]) : no_node;
     }},
    {op::mul, "broadcasting is implied", detail::implied_broadcast},
    {op::mul, "constants stand first",
     [](builder& b, const node& n) {
         const bool swapped = detail::is_constant(b, n.operands[1]) && !detail::is_constant(b, n.operands[0]);
         return swapped ? b.mul(n.operands[1], n.operands[0]) : no_node;
     }},
    {op::mul, "c1 (c2 a) = (c1 c2) a",
     [](builder& b, const node& n) {
         const node_id c = n.operands[0], a = n.operands[1];
         if (!detail::is_scaled(b, a) || !detail::foldable(b, c, detail::factor(b, a))) return no_node;
         const node_id r = detail::rest(b, a);
         return b.mul(detail::folded(b, c, detail::factor(b, a), false), r);
     }},
    {op::mul, "(-a) b = -(a b)",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         if (detail::is(b, y, op::neg)) return b.neg(b.mul(x, b[y].operands[0]));
         return detail::is(b, x, op::neg) ? b.neg(b.mul(b[x].operands[0], y)) : no_node;
     }},
    {op::mul, "a (c b) = c (a b)",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         if (detail::is_constant(b, x)) return no_node;
         if (detail::is_scaled(b, y)) {
             const node_id c = detail::factor(b, y), r = detail::rest(b, y);
             return b.mul(c, b.mul(x, r));
         }
         if (!detail::is_scaled(b, x)) return no_node;
         const node_id c = detail::factor(b, x), r = detail::rest(b, x);
         return b.mul(c, b.mul(r, y));
     }},
    {op::div, "fold constants",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], y = n.operands[1];
         return detail::foldable(b, x, y) && b[y].attrs.value != 0 ? detail::folded(b, x, y, true) : no_node;
     }},
    {op::div, "a / 1 = a",
     [](builder& b, const node& n) { return detail::is_value(b, n.operands[1], 1) ? n.operands[0] : no_node; }},
    {op::div, "broadcasting is implied", detail::implied_broadcast},
    {op::div, "(c a) / b = c (a / b)",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0];
         if (!detail::is_scaled(b, x)) return no_node;
         const node_id c = detail::factor(b, x), r = detail::rest(b, x);
         return b.mul(c, b.div(r, n.operands[1]));
     }},
    {op::pow, "fold constants",
     [](builder& b, const node& n) {
         const node_id x = n.operands[0], c = n.operands[1];
         return detail::is_number(b, x) && detail::is_moderate(b[x].attrs.value) && detail::is_value(b, c, 2)
                    ? b.constant(b[x].attrs.value * b[x].attrs.value)
                    : no_node;
     }},
    {op::pow, "a^1 = a",
     [](builder& b, const node& n) { return detail::is_value(b, n.operands[1], 1) ? n.operands[0] : no_node; }},
    {op::pow, "a^0 = 1",
     [](builder& b, const node& n) {
         return detail::is_value(b, n.operands[1], 0) ? detail::stretched(b, b.constant(1), n.shape) : no_node;
     }},
    {op::pow, "a^(1/2) = sqrt(a)",
     [](builder& b, const node& n) {
         return detail::is_value(b, n.operands[1], 0.5) ? b.unary(op::sqrt, n.operands[0]) : no_node;
     }},
    {op::pow, "broadcasting is implied", detail::implied_broadcast},
    {op::maximum, "broadcasting is implied", detail::implied_broadcast},
    {op::minimum, "broadcasting is implied", detail::implied_broadcast},
    {op::less, "broadcasting is implied", detail::implied_broadcast},
    {op::less_equal, "broadcasting is implied", detail::implied_broadcast},
    {op::greater, "broadcasting is implied", detail::implied_broadcast},
    {op::greater_equal, "broadcasting is implied", detail::implied_broadcast},
    {op::equal, "broadcasting is implied", detail::implied_broadcast},
    {op::not_equal, "broadcasting is implied", detail::implied_broadcast},
    {op::where, "broadcasting is implied", detail::implied_broadcast},
    {op::matmul, "(c A) B = c (A B)", detail::factor_out<0>},
    {op::matmul, "A (c B) = c (A B)", detail::factor_out<1>},
    {op::permute, "an order that changes nothing",
     [](builder&, const node& n) {
         for (int i = 0; i < n.shape.rank; ++i)
             if (n.attrs.order[i] != i) return no_node;
         return n.operands[0];
     }},
    {op::permute, "two permutes are one",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         if (!a.is(op::permute)) return no_node;
         int order[max_rank]{};
         for (int i = 0; i < n.shape.rank; ++i) order[i] = a.attrs.order[n.attrs.order[i]];
         return b.permute(a.operands[0], order);
     }},
    {op::permute, "transpose(A B) = transpose(B) transpose(A)",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         if (!a.is(op::matmul) || !detail::swaps_last_two(n)) return no_node;
         const node_id second = b.transpose(a.operands[1]);
         return b.matmul(second, b.transpose(a.operands[0]));
     }},
    {op::permute, "permute(c a) = c permute(a)", detail::factor_out<0>},
    {op::permute, "a stretched scalar has no order",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::broadcast) && b.shape(a.operands[0]).rank == 0 ? b.broadcast(a.operands[0], n.shape) : no_node;
     }},
    {op::reshape, "a reshape that changes nothing",
     [](builder& b, const node& n) { return b.shape(n.operands[0]) == n.shape ? n.operands[0] : no_node; }},
    {op::reshape, "two reshapes are one",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::reshape) ? b.reshape(a.operands[0], n.shape) : no_node;
     }},
    {op::reshape, "a stretched scalar takes any shape",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::broadcast) && b.shape(a.operands[0]).rank == 0 ? b.broadcast(a.operands[0], n.shape) : no_node;
     }},
    {op::reshape, "reshape(c a) = c reshape(a)", detail::factor_out<0>},
    {op::broadcast, "a broadcast that changes nothing",
     [](builder& b, const node& n) { return b.shape(n.operands[0]) == n.shape ? n.operands[0] : no_node; }},
    {op::broadcast, "two broadcasts are one",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         return a.is(op::broadcast) ? b.broadcast(a.operands[0], n.shape) : no_node;
     }},
    {op::sum, "a sum over nothing",
     [](builder&, const node& n) { return n.attrs.axes == 0 ? n.operands[0] : no_node; }},
    {op::sum, "sum(c a) = c sum(a)", detail::factor_out<0>},
    {op::sum, "sum(-a) = -sum(a)",
     [](builder& b, const node& n) {
         if (!detail::is(b, n.operands[0], op::neg)) return no_node;
         node bare = n;
         bare.operands[0] = b[n.operands[0]].operands[0];
         return b.neg(b.add(bare));
     }},
    {op::sum, "a sum of n equal numbers is n times the number",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         if (!a.is(op::broadcast) || b.shape(a.operands[0]).rank != 0) return no_node;
         const node_id total = b.mul(b.elements(a.shape, n.attrs.axes, 1), a.operands[0]);
         return detail::stretched(b, total, n.shape);
     }},
    {op::sum, "two sums are one",
     [](builder& b, const node& n) {
         const node a = b[n.operands[0]];
         if (!a.is(op::sum) || a.attrs.keep || n.attrs.keep) return no_node;
         int axes = a.attrs.axes;  // the outer sum counts the dimensions that the inner one left
         for (int i = 0, left = 0; i < b.shape(a.operands[0]).rank; ++i)
             if (!(a.attrs.axes & (1 << i)) && (n.attrs.axes & (1 << left++))) axes |= 1 << i;
         return b.reduce(op::sum, a.operands[0], axes, false);
     }},
    {op::mean, "mean(c a) = c mean(a)", detail::factor_out<0>},
};

namespace detail {
/// Where the rewrites of each operation start in the table.
inline constexpr auto rewrite_starts = [] {
    std::array<std::uint8_t, static_cast<std::size_t>(op::count) + 1> starts{};
    std::size_t row = 0;
    for (std::size_t o = 0; o < starts.size(); ++o) {
        while (row < std::size(rewrites) && static_cast<std::size_t>(rewrites[row].operation) < o) ++row;
        starts[o] = static_cast<std::uint8_t>(row);
    }
    return starts;
}();
constexpr bool rewrites_are_sorted() {
    for (std::size_t i = 1; i < std::size(rewrites); ++i)
        if (rewrites[i].operation < rewrites[i - 1].operation) return false;
    return true;
}
static_assert(rewrites_are_sorted(), "rewrites[] stands in the order of op");
}  // namespace detail

/// The rewriter that `builder` takes: the node that serves instead of n, or `no_node`.
constexpr node_id simplify(builder& b, const node& n) {
    const auto o = static_cast<std::size_t>(n.operation);
    for (std::size_t row = detail::rewrite_starts[o]; row < detail::rewrite_starts[o + 1]; ++row) {
        const node_id instead = rewrites[row].apply(b, n);
        if (instead != no_node) return instead;
    }
    return no_node;
}

}  // namespace gradus
