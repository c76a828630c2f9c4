// SPDX-License-Identifier: BSL-1.0
// CORE 3: the gradient rules, one row for each operation that has a gradient. A rule answers: given the gradient g of
// the loss by the result y, what is the gradient by operand k? It is written with the graph's own operations, so a
// gradient can be drawn, printed, simplified and differentiated again.
#pragma once
#include <gradus/graph/builder.hpp>

namespace gradus {

/// What a rule sees: the node y (a copy: the builder grows while a rule works) and the gradient g by it.
struct adjoint {
    node n;
    node_id y;
    node_id g;
    constexpr node_id a() const { return n.operands[0]; }
    constexpr node_id b() const { return n.operands[1]; }
    constexpr node_id c() const { return n.operands[2]; }
    constexpr node_id operand(int k) const { return n.operands[static_cast<std::size_t>(k)]; }
};

/// The gradient by operand k, or `no_node` where it is zero everywhere.
using gradient_function = node_id (*)(builder&, const adjoint&, int k);

struct gradient_rule {
    op operation;
    std::string_view formula;  ///< as a derivation tells it
    gradient_function apply;
};

namespace detail {

/// Sums the dimensions that broadcasting to the shape of `g` had added or stretched, so that the result has the shape
/// of `operand`. (It is not given as a shape: nodes made in the same call would move that.)
constexpr node_id unbroadcast(builder& b, node_id g, node_id operand) {
    const dims to = b.shape(operand);
    const dims from = b.shape(g);
    if (from == to) return g;
    int added = 0;
    for (int i = 0; i < from.rank - to.rank; ++i) added |= 1 << i;
    if (added) g = b.reduce(op::sum, g, added, false);
    int stretched = 0;
    for (int i = 0; i < to.rank; ++i)
        if (to[i].size == 1 && b.shape(g)[i].size != 1) stretched |= 1 << i;
    if (stretched) g = b.reduce(op::sum, g, stretched, true);
    return b.shape(g) == to ? g : b.reshape(g, to);  // the names of dimensions may differ
}

/// Undoes a reduction's loss of dimensions: g stretched back over the reduced dimensions of the operand.
constexpr node_id unreduce(builder& b, const adjoint& s, node_id g) {
    const dims to = b.shape(s.a());
    if (b.shape(g).rank == 0) return b.broadcast(g, to);
    if (!s.n.attrs.keep) g = b.reshape(g, rules::reduce(to, s.n.attrs.axes, true));
    return b.broadcast(g, to);
}
/// The same for a value that is to be multiplied: kept dimensions of size 1 stretch by themselves.
constexpr node_id kept(builder& b, const adjoint& s, node_id value) {
    return s.n.attrs.keep ? value : b.reshape(value, rules::reduce(b.shape(s.a()), s.n.attrs.axes, true));
}
/// The loss of each row as a column: (batch,) gives (batch, 1).
constexpr node_id column(builder& b, node_id g) {
    dims to = b.shape(g);
    to.push_back({1, nullptr});
    return b.reshape(g, to);
}
/// 1 where the first is larger, 1/2 where they are equal.
constexpr node_id wins(builder& b, op strict, op weak, node_id first, node_id second) {
    return b.mul(b.constant(0.5), b.add(b.binary(strict, first, second), b.binary(weak, first, second)));
}
constexpr node_id extremum(builder& b, const adjoint& s, int k, op strict, op weak) {
    const node_id won = k == 0 ? wins(b, strict, weak, s.a(), s.b()) : wins(b, strict, weak, s.b(), s.a());
    return unbroadcast(b, b.mul(s.g, won), s.operand(k));
}

}  // namespace detail

/// The table. Operations without a row (comparisons, argmax, one_hot, sign) are flat: no gradient passes them.
inline constexpr gradient_rule gradient_rules[] = {
    {op::neg, "d(-a) = -da", [](builder& b, const adjoint& s, int) { return b.neg(s.g); }},
    {op::exp, "d exp(a) = exp(a) da", [](builder& b, const adjoint& s, int) { return b.mul(s.g, s.y); }},
    {op::log, "d log(a) = da / a", [](builder& b, const adjoint& s, int) { return b.div(s.g, s.a()); }},
    {op::sqrt, "d sqrt(a) = da / (2 sqrt(a))",
     [](builder& b, const adjoint& s, int) { return b.div(s.g, b.mul(b.constant(2), s.y)); }},
    {op::tanh, "d tanh(a) = (1 - tanh(a)^2) da",
     [](builder& b, const adjoint& s, int) {
         return b.mul(s.g, b.sub(b.constant(1), b.binary(op::pow, s.y, b.constant(2))));
     }},
    {op::sigmoid, "d sigmoid(a) = sigmoid(a) (1 - sigmoid(a)) da",
     [](builder& b, const adjoint& s, int) { return b.mul(s.g, b.mul(s.y, b.sub(b.constant(1), s.y))); }},
    {op::relu, "d relu(a) = (a > 0) da",
     [](builder& b, const adjoint& s, int) { return b.mul(s.g, b.binary(op::greater, s.a(), b.constant(0))); }},
    {op::abs, "d |a| = sign(a) da",
     [](builder& b, const adjoint& s, int) { return b.mul(s.g, b.unary(op::sign, s.a())); }},
    {op::add, "d(a + b) = da + db",
     [](builder& b, const adjoint& s, int k) { return detail::unbroadcast(b, s.g, s.operand(k)); }},
    {op::sub, "d(a - b) = da - db",
     [](builder& b, const adjoint& s, int k) {
         const node_id g = detail::unbroadcast(b, s.g, s.operand(k));
         return k == 0 ? g : b.neg(g);
     }},
    {op::mul, "d(a b) = b da + a db",
     [](builder& b, const adjoint& s, int k) {
         return detail::unbroadcast(b, b.mul(s.g, k == 0 ? s.b() : s.a()), s.operand(k));
     }},
    {op::div, "d(a / b) = da / b - (a / b) db / b",
     [](builder& b, const adjoint& s, int k) {
         const node_id g = k == 0 ? b.div(s.g, s.b()) : b.neg(b.div(b.mul(s.g, s.y), s.b()));
         return detail::unbroadcast(b, g, s.operand(k));
     }},
    {op::pow, "d a^c = c a^(c - 1) da + a^c log(a) dc",
     [](builder& b, const adjoint& s, int k) {
         const node_id slope = k == 0 ? b.mul(s.b(), b.binary(op::pow, s.a(), b.sub(s.b(), b.constant(1))))
                                      : b.mul(s.y, b.unary(op::log, s.a()));
         return detail::unbroadcast(b, b.mul(s.g, slope), s.operand(k));
     }},
    {op::maximum, "d max(a, b) = da where a > b, db where b > a, half of each at a tie",
     [](builder& b, const adjoint& s, int k) { return detail::extremum(b, s, k, op::greater, op::greater_equal); }},
    {op::minimum, "d min(a, b) = da where a < b, db where b < a, half of each at a tie",
     [](builder& b, const adjoint& s, int k) { return detail::extremum(b, s, k, op::less, op::less_equal); }},
    {op::binary_cross_entropy_with_logits, "d bce(z, y) = (sigmoid(z) - y) dz - z dy",
     [](builder& b, const adjoint& s, int k) {
         const node_id slope = k == 0 ? b.sub(b.unary(op::sigmoid, s.a()), s.b()) : b.neg(s.a());
         return detail::unbroadcast(b, b.mul(s.g, slope), s.operand(k));
     }},
    {op::where, "d where(c, a, b) = where(c, da, db)",
     [](builder& b, const adjoint& s, int k) {
         if (k == 0) return no_node;
         const node_id zero = b.constant(0);
         const node_id g = k == 1 ? b.where(s.a(), s.g, zero) : b.where(s.a(), zero, s.g);
         return detail::unbroadcast(b, g, s.operand(k));
     }},
    {op::matmul, "d(A B) = dA B + A dB",
     [](builder& b, const adjoint& s, int k) {
         const node_id g = k == 0 ? b.matmul(s.g, b.transpose(s.b())) : b.matmul(b.transpose(s.a()), s.g);
         return detail::unbroadcast(b, g, s.operand(k));
     }},
    {op::permute, "d permute(a) = permute(da)",
     [](builder& b, const adjoint& s, int) {
         int back[max_rank]{};
         for (int i = 0; i < s.n.shape.rank; ++i) back[s.n.attrs.order[i]] = i;
         return b.permute(s.g, back);
     }},
    {op::reshape, "d reshape(a) = reshape(da)",
     [](builder& b, const adjoint& s, int) { return b.reshape(s.g, b.shape(s.a())); }},
    {op::broadcast, "d broadcast(a) = broadcast(da)",
     [](builder& b, const adjoint& s, int) { return detail::unbroadcast(b, s.g, s.a()); }},
    {op::sum, "d sum(a) = sum(da)", [](builder& b, const adjoint& s, int) { return detail::unreduce(b, s, s.g); }},
    {op::mean, "d mean(a) = mean(da)",
     [](builder& b, const adjoint& s, int) {
         const node_id share = b.elements(b.shape(s.a()), s.n.attrs.axes, -1);
         return detail::unreduce(b, s, b.mul(share, s.g));
     }},
    {op::max, "d max(a) = da where a is the largest, shared among ties",
     [](builder& b, const adjoint& s, int) {
         const node_id largest = b.binary(op::equal, s.a(), detail::kept(b, s, s.y));
         const node_id ties = b.reduce(op::sum, largest, s.n.attrs.axes, true);
         return b.mul(b.div(detail::kept(b, s, s.g), ties), largest);
     }},
    {op::softmax, "d softmax(a) = y (da - sum(y da))",
     [](builder& b, const adjoint& s, int) {
         const node_id along = b.reduce(op::sum, b.mul(s.g, s.y), s.n.attrs.axes, true);
         return b.mul(s.y, b.sub(s.g, along));
     }},
    {op::log_softmax, "d log_softmax(a) = da - sum(softmax(a) da)",
     [](builder& b, const adjoint& s, int) {
         const node_id p = b.make(op::softmax, s.n.shape, {s.a()}, s.n.attrs);
         return b.sub(s.g, b.mul(p, b.reduce(op::sum, s.g, s.n.attrs.axes, true)));
     }},
    {op::cross_entropy, "d cross_entropy(z, y) = (softmax(z) - one_hot(y)) dz",
     [](builder& b, const adjoint& s, int k) {
         if (k == 1) return no_node;
         const node_id right = b.one_hot(s.b(), b.shape(s.a()).back());
         return b.mul(b.sub(b.along(op::softmax, s.a()), right), detail::column(b, s.g));
     }},
    // The rows of p sum to 1, as probabilities do; then softmax(z) needs no factor sum(p).
    {op::cross_entropy_soft, "d cross_entropy(z, p) = (softmax(z) - p) dz - log_softmax(z) dp",
     [](builder& b, const adjoint& s, int k) {
         const node_id slope =
             k == 0 ? b.sub(b.along(op::softmax, s.a()), s.b()) : b.neg(b.along(op::log_softmax, s.a()));
         return b.mul(slope, detail::column(b, s.g));
     }},
};

/// The rule of an operation, or null where no gradient passes.
constexpr const gradient_rule* find_rule(op o) {
    for (const gradient_rule& r : gradient_rules)
        if (r.operation == o) return &r;
    return nullptr;
}

namespace detail {
constexpr bool rules_are_whole() {
    for (const operation_info& i : operations) {
        const bool wanted = i.differentiable && i.what != kind::leaf && i.what != kind::typed_only;
        if (wanted != (find_rule(i.operation) != nullptr)) return false;
    }
    return true;
}
static_assert(rules_are_whole(), "each differentiable operation has a gradient rule, and no other");
}  // namespace detail

}  // namespace gradus
