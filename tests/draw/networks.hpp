// SPDX-License-Identifier: BSL-1.0
// Networks for the tests of draw/, with gradients by hand: the drawings must not depend on how calculus/ makes them.
// No two operands are made in one call: compilers evaluate them in different orders, and the nodes would be numbered
// so.
#pragma once
#include <gradus/graph/builder.hpp>
#include <string>

namespace networks {
using namespace gradus;

inline const axis batch{symbolic, name_of<"batch">()};

/// Marks `g` as the gradient of `of`.
inline node_id marked(builder& b, node_id g, node_id of) {
    b.at(g).gradient_of = of;
    return g;
}

struct linear_parts {
    node_id weight, bias, product, sum;
};
/// x Wᵀ + b in a layer of its own.
inline linear_parts linear(builder& b, const char* name, node_id x, std::int64_t out, int parent = -1) {
    const int layer = b.enter(name, "linear", parent);
    const int outer = b.layer;
    b.layer = layer;
    linear_parts p{};
    p.weight = b.leaf(op::parameter, "weight", {{out}, b.shape(x).back()}, layer);
    p.bias = b.leaf(op::parameter, "bias", {{out}}, layer);
    p.product = b.matmul(x, b.transpose(p.weight));
    p.sum = b.add(p.product, p.bias);
    b.layers[static_cast<std::size_t>(layer)].from = x;
    b.layers[static_cast<std::size_t>(layer)].to = p.sum;
    b.layer = outer;
    return p;
}
inline node_id activation(builder& b, op o, node_id x, int parent = -1) {
    const int layer = b.enter(nullptr, info(o).name.data(), parent);
    const int outer = b.layer;
    b.layer = layer;
    const node_id a = b.unary(o, x);
    b.layers[static_cast<std::size_t>(layer)].from = x;
    b.layers[static_cast<std::size_t>(layer)].to = a;
    b.layer = outer;
    return a;
}

/// 4-3-2, tanh, mean squared error, all gradients.
inline builder mlp_mse(bool gradients = true) {
    builder b;
    const node_id x = b.leaf(op::input, "x", {batch, {4}});
    const linear_parts one = linear(b, "fc1", x, 3);
    const node_id a = activation(b, op::tanh, one.sum);
    const linear_parts two = linear(b, "fc2", a, 2);
    const node_id y = b.leaf(op::input, "y", {batch, {2}});
    const node_id d = b.sub(two.sum, y);
    const node_id loss = b.reduce(op::mean, b.binary(op::pow, d, b.constant(2)), 3, false);
    b.outputs.push_back({loss});
    if (!gradients) return b;
    // mean over batch and 2 outputs: 2 / (2 batch) = 1 / batch
    const node_id scale = b.elements(b.shape(y), 1, -1);
    const node_id dz2 = marked(b, b.mul(scale, d), two.sum);
    const node_id da = marked(b, b.matmul(dz2, two.weight), a);
    const node_id unity = b.constant(1);
    const node_id slope = b.sub(unity, b.binary(op::pow, a, b.constant(2)));
    const node_id dz1 = marked(b, b.mul(da, slope), one.sum);
    b.outputs.push_back({marked(b, b.matmul(b.transpose(dz1), x), one.weight)});
    b.outputs.push_back({marked(b, b.reduce(op::sum, dz1, 1, false), one.bias)});
    b.outputs.push_back({marked(b, b.matmul(b.transpose(dz2), a), two.weight)});
    b.outputs.push_back({marked(b, b.reduce(op::sum, dz2, 1, false), two.bias)});
    return b;
}

/// 64-32-10, ReLU, cross-entropy with class indices, all gradients; `step` makes it a training step of SGD.
inline builder digits(bool gradients = true, bool step = false) {
    builder b;
    const node_id x = b.leaf(op::input, "x", {batch, {64}});
    const linear_parts one = linear(b, "fc1", x, 32);
    const node_id a = activation(b, op::relu, one.sum);
    const linear_parts two = linear(b, "fc2", a, 10);
    const node_id y = b.leaf(op::input, "y", {batch});
    const node_id loss = b.reduce(op::mean, b.cross_entropy(two.sum, y), 1, false);
    b.outputs.push_back({loss});
    if (!gradients) return b;
    const node_id p = b.along(op::softmax, two.sum);
    const node_id error = b.sub(p, b.one_hot(y, axis{10}));
    const node_id scale = b.elements(b.shape(y), 1, -1);
    const node_id dz2 = marked(b, b.mul(scale, error), two.sum);
    const node_id da = marked(b, b.matmul(dz2, two.weight), a);
    const node_id dz1 = marked(b, b.mul(da, b.binary(op::greater, one.sum, b.constant(0))), one.sum);
    const node_id grads[] = {
        marked(b, b.matmul(b.transpose(dz1), x), one.weight), marked(b, b.reduce(op::sum, dz1, 1, false), one.bias),
        marked(b, b.matmul(b.transpose(dz2), a), two.weight), marked(b, b.reduce(op::sum, dz2, 1, false), two.bias)};
    const node_id parameters[] = {one.weight, one.bias, two.weight, two.bias};
    for (int i = 0; i < 4; ++i) {
        if (step)
            b.outputs.push_back({b.sub(parameters[i], b.mul(b.constant(0.1f), grads[i])), parameters[i]});
        else
            b.outputs.push_back({grads[i]});
    }
    return b;
}

/// 4-3-2 as simplification leaves it: 1 / batch has moved outwards, so that the errors ŷ - y and δ₁ are no gradients as
/// such, and the first of them is inside the loss as well.
inline builder errors() {
    builder b = mlp_mse(false);
    const node_id x = find_leaf(b.view(), "x");
    const node_id w1 = find_leaf(b.view(), "fc1.weight");
    const node_id w2 = find_leaf(b.view(), "fc2.weight");
    const node_id a = 6;
    const node_id error = 13;
    const node_id unity = b.constant(1);
    const node_id slope = b.sub(unity, b.binary(op::pow, a, b.constant(2)));
    const node_id delta = b.mul(b.matmul(error, w2), slope);
    const node_id scale = b.elements(b.shape(error), 1, -1);
    const auto scaled = [&](node_id g, node_id of) { b.outputs.push_back({marked(b, b.mul(scale, g), of)}); };
    scaled(b.matmul(b.transpose(delta), x), w1);
    scaled(b.reduce(op::sum, delta, 1, false), find_leaf(b.view(), "fc1.bias"));
    scaled(b.matmul(b.transpose(error), a), w2);
    scaled(b.reduce(op::sum, error, 1, false), find_leaf(b.view(), "fc2.bias"));
    return b;
}

/// What a student writes without layers: softmax regression.
inline builder softmax_regression() {
    builder b;
    const node_id x = b.leaf(op::input, "x", {batch, {64}});
    const node_id y = b.leaf(op::input, "y", {batch, {10}});
    const node_id w = b.leaf(op::parameter, "W", {{10}, {64}});
    const node_id bias = b.leaf(op::parameter, "b", {{10}});
    const node_id z = b.add(b.matmul(x, b.transpose(w)), bias);
    b.outputs.push_back({b.reduce(op::mean, b.cross_entropy(z, y), 1, false)});
    const node_id delta = b.sub(b.along(op::softmax, z), y);
    const node_id product = b.matmul(b.transpose(delta), x);
    const node_id dw = b.mul(b.elements(b.shape(z), 1, -1), product);
    b.outputs.push_back({marked(b, dw, w)});
    return b;
}

/// `levels` times h = relu(h Wᵀ + b) + h, with gradients of all weights and biases.
inline builder residual(int levels, bool gradients = true) {
    static const char* const names[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",
                                        "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
                                        "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
                                        "30", "31", "32", "33", "34", "35", "36", "37", "38", "39"};
    builder b;
    node_id h = b.leaf(op::input, "x", {batch, {16}});
    struct level {
        linear_parts parts;
        node_id in, act, out;
    };
    std::vector<level> all;
    for (int i = 0; i < levels; ++i) {
        const int block = b.enter(names[i], "residual", -1);
        level l{};
        l.in = h;
        l.parts = linear(b, "fc", h, 16, block);
        l.act = activation(b, op::relu, l.parts.sum, block);
        b.layer = block;
        h = l.out = b.add(l.act, h);
        b.layer = -1;
        b.layers[static_cast<std::size_t>(block)].from = l.in;
        b.layers[static_cast<std::size_t>(block)].to = h;
        all.push_back(l);
    }
    b.outputs.push_back({b.reduce(op::mean, b.mul(h, h), 3, false)});
    if (!gradients) return b;
    const node_id twice = b.mul(b.constant(2), h);
    node_id g = marked(b, b.mul(b.elements(b.shape(h), 3, -1), twice), h);
    for (std::size_t i = all.size(); i-- > 0;) {
        const level& l = all[i];
        const node_id dz = marked(b, b.mul(g, b.binary(op::greater, l.parts.sum, b.constant(0))), l.parts.sum);
        b.outputs.push_back({marked(b, b.matmul(b.transpose(dz), l.in), l.parts.weight)});
        b.outputs.push_back({marked(b, b.reduce(op::sum, dz, 1, false), l.parts.bias)});
        if (i > 0) g = marked(b, b.add(g, b.matmul(dz, l.parts.weight)), l.in);
    }
    return b;
}

/// `depth` equal layers in a row.
inline builder deep(int depth) {
    static const char* const names[] = {"fc1", "fc2", "fc3", "fc4",  "fc5",  "fc6",
                                        "fc7", "fc8", "fc9", "fc10", "fc11", "fc12"};
    builder b;
    node_id x = b.leaf(op::input, "x", {batch, {64}});
    for (int i = 0; i < depth; ++i) x = activation(b, op::relu, linear(b, names[i], x, 64).sum);
    x = linear(b, "out", x, 10).sum;
    const node_id y = b.leaf(op::input, "y", {batch});
    b.outputs.push_back({b.reduce(op::mean, b.cross_entropy(x, y), 1, false)});
    return b;
}

/// One weight used twice, two losses, a branch, a reduction and a scalar.
inline builder branches() {
    builder b;
    const node_id x = b.leaf(op::input, "x", {batch, {8}});
    const node_id w = b.leaf(op::parameter, "W", {{8}, {8}});
    const node_id s = b.leaf(op::parameter, "scale", {});
    const node_id h = b.unary(op::tanh, b.matmul(x, w));
    const node_id again = b.unary(op::tanh, b.matmul(h, w));
    const node_id both = b.mul(s, b.add(again, h));
    const node_id left = b.reduce(op::mean, b.mul(both, both), 3, false);
    const node_id right = b.reduce(op::sum, b.unary(op::abs, w), 3, false);
    b.outputs.push_back({b.add(left, b.mul(b.constant(0.01f), right))});
    b.outputs.push_back({right});
    b.outputs.push_back({b.reduce(op::argmax, both, 2, false)});
    return b;
}

/// The gradient of a gradient: d/dw sum((d/dw sum(w^3))^2).
inline builder second_order() {
    builder b;
    const node_id w = b.leaf(op::parameter, "w", {{5}});
    const node_id loss = b.reduce(op::sum, b.binary(op::pow, w, b.constant(3)), 1, false);
    const node_id three = b.constant(3);
    const node_id dw = marked(b, b.mul(three, b.binary(op::pow, w, b.constant(2))), w);
    const node_id penalty = b.reduce(op::sum, b.mul(dw, dw), 1, false);
    const node_id ddw = marked(b, b.mul(b.constant(2), dw), dw);
    b.outputs.push_back({penalty});
    b.outputs.push_back({marked(b, b.mul(ddw, b.mul(b.constant(6), w)), w)});
    b.outputs.push_back({loss});
    return b;
}

}  // namespace networks
