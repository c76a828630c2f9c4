// SPDX-License-Identifier: BSL-1.0
// Reverse mode: what the gradients of whole networks are, by what they can be taken, and how many nodes they cost.
#include "differences.hpp"

using namespace gradus;
using namespace gradus::testing;

namespace {

constexpr builder::rewriter both[] = {nullptr, simplify};

/// A network with two layers: mean((tanh(x W + u) V - y)^2).
struct two_layers {
    workbench w;
    node_id x, W, u, V, y, loss;
    explicit two_layers(builder::rewriter r) : w(r) {
        x = w.leaf({5, 3});
        W = w.leaf({3, 4});
        u = w.leaf({4});
        V = w.leaf({4, 2});
        y = w.leaf({5, 2});
        builder& b = w.b;
        const node_id h = b.unary(op::tanh, b.add(b.matmul(x, W), u));
        const node_id d = b.sub(b.matmul(h, V), y);
        loss = b.reduce(op::mean, b.mul(d, d), 0b11, false);
    }
};
double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double s = 0;
    for (std::size_t i = 0; i < a.size(); ++i) s += a[i] * b[i];
    return s;
}

/// h = relu(h W + b) + h, so many times; the loss, then the gradients by all W and b.
run_time_graph residual_chain(int levels, builder::rewriter r) {
    static std::vector<std::string> names;
    while (names.size() < 200) names.push_back("fc" + std::to_string(names.size()));
    builder b(r);
    node_id h = b.leaf(op::input, "x", {{5}, {8}});
    std::vector<node_id> parameters;
    for (int i = 0; i < levels; ++i) {
        const int layer = b.enter(names[static_cast<std::size_t>(i)].c_str(), "linear", -1);
        parameters.push_back(b.leaf(op::parameter, "weight", {{8}, {8}}, layer));
        parameters.push_back(b.leaf(op::parameter, "bias", {{8}}, layer));
        const node_id z = b.add(b.matmul(h, parameters[parameters.size() - 2]), parameters.back());
        h = b.add(b.unary(op::relu, z), h);
    }
    const node_id loss = b.reduce(op::mean, h, 0b11, false);
    b.outputs.push_back({loss});
    for (node_id p : parameters) b.outputs.push_back({gradient(b, loss, p)});
    return finished(b);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(grad)

BOOST_AUTO_TEST_CASE(a_network_has_the_gradients_of_central_differences) {
    for (builder::rewriter r : both) {
        two_layers n(r);
        for (std::size_t k = 0; k < n.w.leaves.size(); ++k) {  // by the inputs, too
            const node_id g = gradient(n.w.b, n.loss, n.w.leaves[k]);
            BOOST_TEST((n.w.b.shape(g) == n.w.b.shape(n.w.leaves[k])));
            const double off = distance_of(n.w.value(g), n.w.difference(n.loss, k));
            BOOST_TEST(off <= difference_tolerance, "by leaf " << k << ": off by " << off);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_hessian_times_a_vector_is_the_change_of_the_gradient_along_it) {
    for (builder::rewriter r : both) {
        two_layers n(r);
        const node_id gW = gradient(n.w.b, n.loss, n.W);
        const node_id v = n.w.leaf({3, 4});
        const std::vector<double> direction = n.w.values.back();
        const node_id along = n.w.sum(n.w.b.mul(gW, v));
        const std::vector<double> product = n.w.value(gradient(n.w.b, along, n.W));
        const double h = 1e-4;
        std::vector<double>& W = n.w.values[1];
        const std::vector<double> here = W;
        for (std::size_t i = 0; i < W.size(); ++i) W[i] = here[i] + h * direction[i];
        std::vector<double> change = n.w.value(gW);
        for (std::size_t i = 0; i < W.size(); ++i) W[i] = here[i] - h * direction[i];
        const std::vector<double> below = n.w.value(gW);
        for (std::size_t i = 0; i < W.size(); ++i) change[i] = (change[i] - below[i]) / (2 * h);
        BOOST_TEST(distance_of(product, change) <= difference_tolerance);
    }
}

BOOST_AUTO_TEST_CASE(the_hessian_is_symmetric) {
    two_layers n(simplify);
    const node_id u = n.w.leaf({3, 4});
    const std::vector<double> u_values = n.w.values.back();
    const node_id v = n.w.leaf({3, 4});
    const std::vector<double> v_values = n.w.values.back();
    const node_id gW = gradient(n.w.b, n.loss, n.W);
    const std::vector<double> Hu = n.w.value(gradient(n.w.b, n.w.sum(n.w.b.mul(gW, u)), n.W));
    const std::vector<double> Hv = n.w.value(gradient(n.w.b, n.w.sum(n.w.b.mul(gW, v)), n.W));
    BOOST_TEST(std::abs(dot(Hu, v_values) - dot(Hv, u_values)) < 1e-12);
}

BOOST_AUTO_TEST_CASE(a_third_derivative_is_right) {
    for (builder::rewriter r : both) {
        workbench w(r);
        builder& b = w.b;
        const node_id x = w.leaf({1});
        const double at = w.values[0][0];
        const node_id y = w.sum(b.unary(op::tanh, x));
        const node_id first = gradient(b, y, x);
        const node_id second = gradient(b, w.sum(first), x);
        const node_id third = gradient(b, w.sum(second), x);
        const double t = std::tanh(at);
        const double slope = 1 - t * t;
        BOOST_TEST(std::abs(w.value(first)[0] - slope) < 1e-14);
        BOOST_TEST(std::abs(w.value(second)[0] + 2 * t * slope) < 1e-14);
        BOOST_TEST(std::abs(w.value(third)[0] - slope * (6 * t * t - 2)) < 1e-13);
    }
}

BOOST_AUTO_TEST_CASE(a_shared_weight_adds_up_its_gradients) {
    for (builder::rewriter r : both) {
        workbench w(r);
        builder& b = w.b;
        const node_id x = w.leaf({2, 3});
        const node_id W = w.leaf({3, 3});
        const node_id loss = w.weighted(b.unary(op::tanh, b.matmul(b.unary(op::tanh, b.matmul(x, W)), W)));
        BOOST_TEST(distance_of(w.value(gradient(b, loss, W)), w.difference(loss, 1)) <= difference_tolerance);
        // the same with two weights that happen to be equal: their gradients sum to it
        const node_id V = w.given(b.shape(W), w.values[1]);
        const node_id z = b.unary(op::tanh, b.matmul(b.unary(op::tanh, b.matmul(x, W)), V));
        const node_id apart = w.sum(b.mul(w.leaves[2], z));
        std::vector<double> sum = w.value(gradient(b, apart, W));
        const std::vector<double> by_V = w.value(gradient(b, apart, V));
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += by_V[i];
        BOOST_TEST(distance_of(w.value(gradient(b, loss, W)), sum) <= 1e-14);
    }
}

BOOST_AUTO_TEST_CASE(the_gradient_of_a_sum_is_the_sum_of_the_gradients) {
    for (builder::rewriter r : both) {
        two_layers n(r);
        builder& b = n.w.b;
        const node_id other = n.w.weighted(b.unary(op::sigmoid, n.W));
        const std::vector<double> together = n.w.value(gradient(b, b.add(n.loss, other), n.W));
        std::vector<double> apart = n.w.value(gradient(b, n.loss, n.W));
        const std::vector<double> second = n.w.value(gradient(b, other, n.W));
        for (std::size_t i = 0; i < apart.size(); ++i) apart[i] += second[i];
        BOOST_TEST(distance_of(together, apart) <= 1e-14);
    }
}

BOOST_AUTO_TEST_CASE(what_the_loss_does_not_depend_on_has_a_gradient_of_zeros) {
    for (builder::rewriter r : both) {
        two_layers n(r);
        const node_id before = n.w.leaf({2, 3});  // a leaf that no one uses
        const node_id later = n.w.b.mul(before, before);
        const node_id loss = n.w.sum(n.u);
        for (node_id by : {before, later, n.W, n.x}) {
            const node_id g = gradient(n.w.b, loss, by);
            BOOST_TEST((n.w.b.shape(g) == n.w.b.shape(by)));
            for (double v : n.w.value(g)) BOOST_TEST(v == 0);
        }
        BOOST_TEST(n.w.value(gradient(n.w.b, loss, loss))[0] == 1);
    }
}

BOOST_AUTO_TEST_CASE(the_gradient_by_a_value_on_the_way_is_that_of_the_rest) {
    workbench w;
    builder& b = w.b;
    const node_id x = w.leaf({2, 3});
    const node_id h = b.unary(op::exp, x);
    const node_id loss = w.weighted(b.unary(op::tanh, h));
    const std::vector<double> got = w.value(gradient(b, loss, h));
    workbench rest;  // the same weights, and h as a leaf
    const node_id leaf = rest.given(b.shape(h), w.value(h));
    const node_id same = rest.sum(rest.b.mul(rest.given(b.shape(h), w.values[1]), rest.b.unary(op::tanh, leaf)));
    BOOST_TEST(distance_of(got, rest.difference(same, 0)) <= difference_tolerance);
}

BOOST_AUTO_TEST_CASE(gradients_are_made_once_whoever_asks) {
    two_layers n(simplify);
    const node_id first = gradient(n.w.b, n.loss, n.W);
    gradient(n.w.b, n.loss, n.V);
    const int size = n.w.b.size();
    BOOST_TEST(gradient(n.w.b, n.loss, n.W) == first);
    gradient(n.w.b, n.loss, n.u);
    gradient(n.w.b, n.loss, n.V);
    BOOST_TEST(n.w.b.size() == size);
    BOOST_TEST(n.w.b.adjoints_of.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_gradient_knows_whose_it_is_and_stands_in_its_layer) {
    builder b(simplify);
    const int fc = b.enter("fc", "linear", -1);
    b.layer = fc;
    const node_id W = b.leaf(op::parameter, "weight", {{3}, {4}}, fc);
    const node_id x = b.leaf(op::input, "x", {{2}, {3}});
    const node_id z = b.matmul(x, W);
    b.layer = -1;
    const node_id loss = b.reduce(op::sum, b.unary(op::exp, z), 0b11, false);
    const node_id dW = gradient(b, loss, W);
    BOOST_TEST(b[dW].gradient_of == W);
    BOOST_TEST(b[dW].layer == fc);
    BOOST_TEST(b[b[dW].operands[1]].gradient_of == no_node);  // exp(z) is not made for the gradient
    BOOST_TEST(b.layer == -1);                                // the builder writes where it wrote before
}

BOOST_AUTO_TEST_CASE(a_residual_chain_costs_the_same_for_each_level) {
    for (builder::rewriter r : both) {
        const int ten = residual_chain(10, r).size();
        const int twenty = residual_chain(20, r).size();
        const int forty = residual_chain(40, r).size();
        const int most = residual_chain(160, r).size();
        BOOST_TEST(forty - twenty == 2 * (twenty - ten));
        BOOST_TEST(most - forty == 12 * (twenty - ten));
    }
}

BOOST_AUTO_TEST_SUITE_END()
