// SPDX-License-Identifier: BSL-1.0
// From typed expressions to the graph.
#include "../expr/value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch, 4>;
constexpr auto W = parameter<"W", 4, 4>;
constexpr auto fc = linear<"fc1", 4, 4>;
using list = std::vector<double>;

int count(graph_view g, op o) {
    int n = 0;
    for (const node& i : g.nodes) n += i.is(o);
    return n;
}
bool equal(graph_view a, graph_view b) {
    bool same = a.size() == b.size() && a.layers.size() == b.layers.size() && a.outputs.size() == b.outputs.size();
    for (node_id i = 0; same && i < a.size(); ++i)
        same = a[i].operation == b[i].operation && a[i].operands == b[i].operands && a[i].shape == b[i].shape &&
               a[i].attrs == b[i].attrs && a[i].name == b[i].name && a[i].layer == b[i].layer;
    for (std::size_t i = 0; same && i < a.layers.size(); ++i) same = a.layers[i] == b.layers[i];
    for (std::size_t i = 0; same && i < a.outputs.size(); ++i) same = a.outputs[i].node == b.outputs[i].node;
    return same;
}

/// `levels` times h = tanh(matmul(h, W)) + h
template <class E> struct rising { E h; };
struct level {};
template <class E> constexpr auto operator+(rising<E> r, level) {
    const auto next = tanh(matmul(r.h, W)) + r.h;
    return rising<std::remove_cvref_t<decltype(next)>>{next};
}
template <class E, int... I> constexpr auto risen(E from, std::integer_sequence<int, I...>) {
    return (rising<E>{from} + ... + (static_cast<void>(I), level{})).h;
}
template <int Levels> constexpr auto residual_net() {  // in pieces: clang folds 256 operands at most
    constexpr auto net = [] {
        if constexpr (Levels > 100)
            return residual_net<Levels - 100>();
        else
            return input<"x", batch, 4>;
    }();
    return risen(net, std::make_integer_sequence<int, (Levels > 100 ? 100 : Levels)>{});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lower)

BOOST_AUTO_TEST_CASE(a_graph_is_a_constexpr_value) {
    constexpr auto g = graph_of(matmul(x, transpose(W)));
    static_assert(g.size() == 4 && g[3].is(op::matmul) && g[3].shape == dims{axis_of<dimension<"batch">>, {4}});
    static_assert(g[g[3].operands[0]].is(op::input) && g[g[3].operands[1]].is(op::permute));
    static_assert(graph_of(x).size() == 1);
    BOOST_TEST(g.outputs[0].node == 3);
}
BOOST_AUTO_TEST_CASE(outputs_stand_in_the_order_given) {
    constexpr auto g = graph_of(exp(x), x, log(y), exp(x));
    static_assert(g.outputs.size() == 4);
    static_assert(g[g.outputs[0].node].is(op::exp) && g[g.outputs[1].node].is(op::input) &&
                  g[g.outputs[2].node].is(op::log));
    static_assert(g.outputs[3].node == g.outputs[0].node);  // the same output twice is one node
    static_assert(g.size() == 4);
    BOOST_TEST(g.outputs[0].assigned_to == no_node);
}
BOOST_AUTO_TEST_CASE(shared_expressions_are_one_node) {
    constexpr auto h = tanh(matmul(x, W));
    static_assert(graph_of(h * h + h).size() == 6);
    static_assert(graph_of(h, h + 1, h - y).size() == 8);
}
BOOST_AUTO_TEST_CASE(a_layers_parameters_are_known_by_its_name) {
    constexpr auto g = graph_of(fc(x));
    static_assert(find_leaf(g, "fc1.weight") != no_node && find_leaf(g, "fc1.bias") != no_node &&
                  find_leaf(g, "weight") == no_node);
    BOOST_TEST(count(g, op::parameter) == 2);
}
BOOST_AUTO_TEST_CASE(an_explicit_parameter_of_that_name_is_the_same_leaf) {
    constexpr auto decay = sum(square(parameter<"fc1.weight", 4, 4>));
    constexpr auto g = graph_of(mean(fc(x)) + 0.01 * decay);
    BOOST_TEST(count(g, op::parameter) == 2);
    BOOST_TEST(count(graph_of(decay + mean(fc(x))), op::parameter) == 2);  // whoever comes first
    const list got =
        value_of(decay + sum(fc(x)), {{"x", list(4, 1)}, {"fc1.weight", list(16, 2)}, {"fc1.bias", list(4, 0)}}, {1});
    BOOST_TEST(got == list{64 + 32}, tt::per_element());
}
template <class... E> constexpr bool fit_together(E...) { return accepted<detail::network_rule<false, E...>>; }
BOOST_AUTO_TEST_CASE(leaves_of_one_name_must_agree) {
    static_assert(fit_together(x + sum(input<"x", batch, 4>)));
    static_assert(!fit_together(x + sum(input<"x", 4>)));
    static_assert(!fit_together(x + parameter<"x", 4>));
    static_assert(!fit_together(fc(x) + sum(parameter<"fc1.weight", 4, 5>)));
    static_assert(!fit_together(fc(x) + sum(linear<"fc1", 4, 5>(x))));
    static_assert(!fit_together(x, input<"x", dim<"rows">, 4>));
    static_assert(!fit_together(x, input<"y", dim<"batch", 32>>));
}
BOOST_AUTO_TEST_CASE(the_table_of_layers_has_their_ends) {
    constexpr auto g = written_graph_of((linear<"a", 4, 5> >> relu >> linear<"b", 5, 3>)(x));
    static_assert(g.layers.size() == 3);
    static_assert(std::string_view(g.layers[0].name) == "a" && std::string_view(g.layers[0].type) == "linear");
    static_assert(g.layers[1].name == nullptr && std::string_view(g.layers[1].type) == "relu");
    static_assert(g[g.layers[0].from].is(op::input) && g.layers[0].to == g.layers[1].from &&
                  g.layers[1].to == g.layers[2].from);
    static_assert(g.layers[2].to == g.outputs[0].node && g.layers[2].parent == -1);
    static_assert(g[g.layers[1].to].is(op::relu) && g[g.layers[1].to].layer == 1);
    for (const node& n : g.nodes) BOOST_TEST((n.layer >= 0) == !n.is(op::input));
}
BOOST_AUTO_TEST_CASE(nested_layers_have_their_parent) {
    constexpr auto g = written_graph_of(named<"net">(linear<"a", 4, 4> >> residual(linear<"b", 4, 4>))(x));
    static_assert(g.layers.size() == 4);
    static_assert(g.layers[0].parent == -1 && g.layers[1].parent == 0 && g.layers[2].parent == 0 &&
                  g.layers[3].parent == 2);
    static_assert(g.layers[0].from == find_leaf(g, "x") && g.layers[0].to == g.outputs[0].node &&
                  g.layers[2].to == g.layers[0].to);
    BOOST_TEST(std::string_view(g.layers[2].type) == "residual");
}
BOOST_AUTO_TEST_CASE(twelve_equal_blocks_are_twelve_applications_of_one_body) {
    constexpr auto block = as_layer<"block">([](auto v) { return relu(linear<"fc", 4, 4>(v)) + v; });
    constexpr auto tower =
        sequential(block, block, block, block, block, block, block, block, block, block, block, block);
    constexpr auto g = graph_of(tower(x));
    static_assert(g.size() == 1 + 3 + 12 * 4);  // x; weight, bias, transpose; matmul, add, relu, add
    BOOST_TEST(count(g, op::parameter) == 2);
    BOOST_TEST(count(g, op::matmul) == 12);
}
BOOST_AUTO_TEST_CASE(a_layer_applied_inside_itself_has_its_own_argument) {
    constexpr auto twice = as_layer([](auto v) { return v + v; });
    const list got = value_of(twice(twice(x) * twice(y)), {{"x", {1, 2, 3, 4}}, {"y", {5, 6, 7, 8}}}, {1});
    BOOST_TEST(got == (list{40, 96, 168, 256}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(vectors_in_a_product_become_rows_and_columns) {
    constexpr auto v = parameter<"v", 4>;
    constexpr auto row = written_graph_of(matmul(v, W));
    constexpr auto column = written_graph_of(matmul(x, v));
    constexpr auto both = written_graph_of(matmul(v, v));
    static_assert(row.size() == 5 && row[row.outputs[0].node].shape == dims{{4}});
    static_assert(column.size() == 5 && column[column.outputs[0].node].shape == dims{axis_of<dimension<"batch">>});
    static_assert(both[both.outputs[0].node].shape == dims{});
    for (graph_view g : {row.view(), column.view(), both.view()})
        for (const node& n : g.nodes)
            if (n.is(op::matmul))
                for (node_id operand : n.uses()) BOOST_TEST(g[operand].shape.rank == 2);
}
BOOST_AUTO_TEST_CASE(numbers_are_filled_in) {
    constexpr auto g = written_graph_of(2 * x + 3);
    static_assert(g.size() == 5);
    list values;
    for (const node& n : g.nodes) {
        if (n.is(op::constant)) values.push_back(n.attrs.value);
        BOOST_TEST(n.attrs.literal == 0);
    }
    BOOST_TEST(values == (list{2, 3}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(outputs_that_differ_in_a_number_only_are_told_apart_or_refused) {
    static_assert(graph_of(2 * x, exp(2 * x)).size() == 4);  // one number, used by two outputs
    BOOST_CHECK_THROW(graph_of(2 * x, 3 * x), std::invalid_argument);
    const run_time_graph g = run_time_graph_of(2 * x, 3 * x, 2 * x);  // here the values are known in time
    BOOST_TEST(g.outputs[0].node == g.outputs[2].node);
    BOOST_TEST(g.outputs[0].node != g.outputs[1].node);
    static_assert(graph_of(constant<2> * x, constant<3> * x).size() == 5);
}
BOOST_AUTO_TEST_CASE(graphs_made_while_compiling_and_while_running_are_equal) {
    constexpr auto e = mean(cross_entropy((linear<"a", 4, 5> >> relu >> linear<"b", 5, 3>)(x), input<"t", batch>));
    constexpr auto g = graph_of(e);
    BOOST_TEST(equal(g, run_time_graph_of(e)));
    constexpr auto h = graph_of(residual_net<10>());
    BOOST_TEST(equal(h, run_time_graph_of(residual_net<10>())));
}
BOOST_AUTO_TEST_CASE(three_hundred_levels_are_lowered) {
    const run_time_graph g = run_time_graph_of(residual_net<300>());
    BOOST_TEST(g.size() == 2 + 300 * 3);
}
BOOST_AUTO_TEST_CASE(forty_levels_are_lowered_while_compiling) {
    static_assert(graph_of(residual_net<40>()).size() == 2 + 40 * 3);
    BOOST_TEST(run_time_graph_of(residual_net<40>()).size() == 122);
}
BOOST_AUTO_TEST_CASE(a_network_has_the_value_of_its_formula) {
    constexpr auto net = linear<"a", 4, 2> >> tanh >> linear<"b", 2, 2> >> softmax;
    const std::map<std::string, list> values{{"x", {1, 2, 3, 4}},
                                             {"a.weight", {0.1, 0, 0, 0, 0, -0.1, 0, 0}},
                                             {"a.bias", {0.2, 0.3}},
                                             {"b.weight", {1, 2, 3, 4}},
                                             {"b.bias", {0.5, -0.5}}};
    const double h0 = std::tanh(0.1 + 0.2), h1 = std::tanh(-0.2 + 0.3);
    const double z0 = h0 + 2 * h1 + 0.5, z1 = 3 * h0 + 4 * h1 - 0.5;
    const list got = value_of(net(x), values, {1});
    BOOST_TEST(got[0] == std::exp(z0) / (std::exp(z0) + std::exp(z1)), tt::tolerance(1e-14));
    BOOST_TEST(got[0] + got[1] == 1, tt::tolerance(1e-15));
}

BOOST_AUTO_TEST_SUITE_END()
