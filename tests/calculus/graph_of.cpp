// SPDX-License-Identifier: BSL-1.0
// From typed expressions to graphs: what is kept, what gradients by expressions inside the loss are, and that a deep
// network with all its gradients stays small.
#include "differences.hpp"
#include <gradus/symbolic.hpp>

using namespace gradus;
using namespace gradus::testing;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", 2, 3>;
constexpr auto v = input<"v", 2, 3>;

/// The value of output i of a graph with the inputs x and v.
std::vector<double> values_of(graph_view g, int i, const std::vector<double>& at_v) {
    interpreter run(g);
    if (find_leaf(g, "x") != no_node) run.set("x", {0.5, -0.4, 0.3, 0.7, -1.1, 0.2});
    if (find_leaf(g, "v") != no_node) run.set("v", at_v);
    run.run();
    return run.output(i).values;
}
/// Whether the gradient of f(h) by h is that of f(v) by v, for an input v with the values of h.
template <class H, class F> void check_by(const char* what, H h, F f) {
    const auto here = gradus::graph_of(h, gradus::grad(f(h), h));
    const auto there = gradus::graph_of(gradus::grad(f(v), v));
    const std::vector<double> at_h = values_of(here, 0, {});
    const double off = distance_of(values_of(here, 1, {}), values_of(there, 0, at_h));
    BOOST_TEST(off <= 1e-14, what << ": off by " << off);
    const auto as_written = gradus::written_graph_of(h, gradus::grad(f(h), h));
    BOOST_TEST(distance_of(values_of(as_written, 1, {}), values_of(there, 0, at_h)) <= 1e-14, what << ", as written");
    const run_time_graph late = run_time_graph_of(h, gradus::grad(f(h), h));
    BOOST_TEST(distance_of(values_of(late, 1, {}), values_of(there, 0, at_h)) <= 1e-14, what << ", at run time");
}

template <class L, class W> constexpr bool has_gradient = requires(L l, W w) {
    { gradus::grad(l, w) } -> Expression;
};

// A residual chain of typed layers: h = relu(h W + b) + h.
template <char First, int I> constexpr auto numbered() {
    char letters[4]{First, static_cast<char>('0' + I / 10), static_cast<char>('0' + I % 10), '\0'};
    return fixed_string<4>(letters);
}
template <int I> constexpr auto W_of = parameter<numbered<'W', I>(), 8, 8>;
template <int I> constexpr auto b_of = parameter<numbered<'b', I>(), 8>;
template <int Levels> constexpr auto chain() {
    if constexpr (Levels == 0) {
        return input<"x", batch, 8>;
    } else {
        constexpr auto h = chain<Levels - 1>();
        return relu(matmul(h, W_of<Levels - 1>) + b_of<Levels - 1>) + h;
    }
}
template <int... I> constexpr auto chain_graph(std::integer_sequence<int, I...>) {
    constexpr auto loss = mean(chain<static_cast<int>(sizeof...(I))>());
    return gradus::graph_of(loss, gradus::grad(loss, W_of<I>)..., gradus::grad(loss, b_of<I>)...);
}
template <int Levels>
constexpr int chain_size = decltype(chain_graph(std::make_integer_sequence<int, Levels>{}))::size();

// Each level has 14 nodes: W, b, the product, + b, relu, + h; h > 0, its product with the gradient, two transposes, the
// gradients by W, by b and by h through W, and the sum of the two ways back to h. Pinned, so that whoever changes rules
// or rewrites sees what it costs.
static_assert(chain_size<20> - chain_size<10> == 10 * (chain_size<11> - chain_size<10>));
static_assert(chain_size<40> - chain_size<20> == 20 * (chain_size<11> - chain_size<10>));

}  // namespace

BOOST_AUTO_TEST_SUITE(graph_of)

BOOST_AUTO_TEST_CASE(a_chain_of_40_levels_with_all_gradients_is_small) {
    BOOST_TEST((chain_size<11> - chain_size<10>) == 14);
    BOOST_TEST(chain_size<40> == 563);
}

BOOST_AUTO_TEST_CASE(each_expression_is_an_output_and_equal_ones_are_one_node) {
    constexpr auto z = exp(x);
    constexpr auto g = gradus::graph_of(z, z + v, exp(x));
    static_assert(g.size() == 4 && g.outputs.size() == 3);
    static_assert(g.outputs[0].node == g.outputs[2].node);
    static_assert(g[g.outputs[1].node].is(op::add));
}

BOOST_AUTO_TEST_CASE(plain_numbers_are_filled_in_so_one_type_gives_several_graphs) {
    constexpr auto one = 2.f * x + 1;
    constexpr auto other = 3.f * x + 5;
    static_assert(std::is_same_v<decltype(one), decltype(other)>);
    constexpr auto g = gradus::graph_of(one);
    constexpr auto h = gradus::graph_of(other);
    static_assert(std::is_same_v<decltype(g), decltype(h)>);
    BOOST_TEST(values_of(g, 0, {})[0] == 2.0);
    BOOST_TEST(values_of(h, 0, {})[0] == 6.5);
    BOOST_TEST(values_of(run_time_graph_of(other), 0, {})[0] == 6.5);
    BOOST_TEST(values_of(gradus::written_graph_of(other), 0, {})[0] == 6.5);
    // in one graph they would be one node
    BOOST_TEST(values_of(gradus::graph_of(one, sum(one)), 1, {})[0] == 6.4, boost::test_tools::tolerance(1e-14));
    BOOST_CHECK_THROW(gradus::graph_of(one, other), std::invalid_argument);
    // bare numbers are not alike: the 2 of 2 x is not the 0.5 of exp(0.5 v)
    constexpr auto apart = gradus::graph_of(2.f * x, exp(0.5f * v));
    BOOST_TEST(values_of(apart, 0, {1, 2, 3, 4, 5, 6})[0] == 1.0);
    BOOST_TEST(values_of(apart, 1, {1, 2, 3, 4, 5, 6})[1] == std::exp(1.0));
    BOOST_CHECK_THROW(gradus::graph_of(gradus::grad(sum(one * one), other)), std::invalid_argument);
    BOOST_TEST(values_of(run_time_graph_of(one, other), 1, {})[0] == 6.5);
}

BOOST_AUTO_TEST_CASE(written_is_what_was_typed_and_simplified_is_not) {
    constexpr auto e = -(-x) * constant<1.0> + constant<0.0>;
    static_assert(gradus::written_graph_of(e).size() == 7);
    static_assert(gradus::graph_of(e).size() == 1);
    BOOST_TEST(values_of(gradus::written_graph_of(e), 0, {})[1] == -0.4);
    BOOST_TEST(values_of(gradus::graph_of(e), 0, {})[1] == -0.4);
}

BOOST_AUTO_TEST_CASE(a_gradient_is_taken_by_any_expression_inside_the_loss) {
    const auto cube = [](auto h) { return sum(h * h * h); };
    check_by("exp", exp(x), cube);
    check_by("tanh twice", tanh(tanh(x)), cube);
    // expressions that simplification takes apart
    check_by("-x", -x, [](auto h) { return sum(h); });
    check_by("-x in a product", -x, [](auto h) { return sum(h * exp(h)); });
    check_by("c x", constant<2.0> * x, [](auto h) { return mean(h * h) + sum(h); });
    check_by("c x in a matrix product", constant<2.0> * x, [](auto h) { return sum(matmul(h, transpose(h))); });
    check_by("softmax", softmax(x), [](auto h) { return sum(log(h)); });
    check_by("log_softmax", log_softmax(x), [](auto h) { return sum(exp(h) * h); });
    check_by("exp in log", exp(x), [](auto h) { return sum(log(h)); });
    check_by("a transpose", transpose(reshape<3, 2>(x)), [](auto h) { return sum(matmul(transpose(h), h)); });
    check_by("a reshape", reshape<2, 3>(reshape<6>(x)), [](auto h) { return sum(exp(reshape<3, 2>(h))); });
    check_by("x - y", x - exp(x), [](auto h) { return sum(-h); });
    check_by("relu", relu(x), [](auto h) { return sum(relu(h)); });
}

BOOST_AUTO_TEST_CASE(a_gradient_is_taken_by_an_expression_with_numbers) {
    const auto square = [](auto h) { return sum(h * h); };
    check_by("2 x", 2.f * x, square);
    check_by("2 x + 1", 2.f * x + 1, [](auto h) { return sum(exp(0.5f * h) * h); });
    check_by("x / 4", x / 4, square);
}

BOOST_AUTO_TEST_CASE(a_gradient_by_a_part_of_the_loss_counts_only_the_way_through_it) {
    constexpr auto h = -x;
    constexpr auto loss = sum(h * x);  // by h: x, not 2 x
    const auto g = gradus::graph_of(gradus::grad(loss, h), x);
    BOOST_TEST(values_of(g, 0, {}) == values_of(g, 1, {}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_gradient_by_the_output_of_a_layer_leaves_the_layers_as_they_are) {
    constexpr auto in = input<"in", batch, 4>;
    constexpr auto fc1 = linear<"fc1", 4, 3>;
    constexpr auto net = fc1 >> relu >> linear<"fc2", 3, 2>;
    constexpr auto z = net(in);
    constexpr auto loss = mean(z * z);
    constexpr auto plain = gradus::graph_of(loss, z);
    constexpr auto g = gradus::graph_of(loss, z, gradus::grad(loss, z), gradus::grad(sum(z), z));
    static_assert(plain.layers.size() == g.layers.size());
    static_assert(plain.layers == g.layers);
    const node& dz = g[g.outputs[2].node];
    BOOST_TEST(dz.gradient_of == g.outputs[1].node);
    BOOST_TEST((dz.shape == g[g.outputs[1].node].shape));
    BOOST_TEST((dz.is(op::mul) && dz.operands[1] == g.outputs[1].node));  // z / batch
}

BOOST_AUTO_TEST_CASE(a_gradient_by_a_gradient) {
    constexpr auto loss = sum(x * x * x);
    constexpr auto dx = gradus::grad(loss, x);
    check_by("3 x^2", dx, [](auto h) { return sum(h * h); });
    const auto g = gradus::graph_of(gradus::grad(sum(dx * v), x), x);  // the Hessian times v: 6 x v
    const std::vector<double> direction{1, 2, 3, 4, 5, 6};
    std::vector<double> wanted = values_of(g, 1, direction);
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] *= 6 * direction[i];
    BOOST_TEST(distance_of(values_of(g, 0, direction), wanted) <= 1e-14);
}

BOOST_AUTO_TEST_CASE(only_scalars_have_gradients) {
    static_assert(has_gradient<decltype(sum(x)), decltype(x)>);
    static_assert(!has_gradient<decltype(exp(x)), decltype(x)>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
