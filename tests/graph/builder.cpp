// SPDX-License-Identifier: BSL-1.0
// Building graphs: equal nodes are made once, leaves are known by full name, what no output needs is left out.
#include <gradus/graph/builder.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>

using namespace gradus;

namespace {

constexpr axis batch = axis_of<dimension<"batch">>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

node_id input(builder& b, const char* name, const dims& shape) { return b.leaf(op::input, name, shape); }

bool same(const node& a, const node& b) {
    return a.operation == b.operation && a.arity == b.arity && a.operands == b.operands && a.shape == b.shape &&
           a.attrs == b.attrs && a.name == b.name && a.layer == b.layer && a.gradient_of == b.gradient_of;
}
struct small {
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, name_of<"x">(), {batch, {3}});
        const node_id dead = b.leaf(op::parameter, name_of<"dead">(), {{3}});
        b.mul(dead, dead);
        const node_id w = b.leaf(op::parameter, name_of<"w">(), {{3}});
        const node_id y = b.add(x, w);
        b.neg(y);
        b.outputs = {{b.mul(y, b.constant(0.5)), w}, {x}};
        return b;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(builder_)

BOOST_AUTO_TEST_CASE(equal_nodes_are_made_once) {
    builder b;
    const node_id x = input(b, "x", {batch, {4}});
    const node_id y = input(b, "y", {batch, {4}});
    BOOST_TEST(b.add(x, y) == b.add(x, y));
    BOOST_TEST(b.add(x, y) != b.add(y, x));  // as written: one order is the work of simplification
    BOOST_TEST(b.unary(op::exp, x) == b.unary(op::exp, x));
    BOOST_TEST(b.unary(op::exp, x) != b.unary(op::log, x));
    BOOST_TEST(b.reduce(op::sum, x, 2, true) == b.reduce(op::sum, x, 2, true));
    BOOST_TEST(b.reduce(op::sum, x, 2, true) != b.reduce(op::sum, x, 2, false));
    BOOST_TEST(b.reduce(op::sum, x, 2, true) != b.reduce(op::sum, x, 1, true));
    BOOST_TEST(b.transpose(x) == b.transpose(x));
    BOOST_TEST(b.reshape(x, {batch, {2}, {2}}) == b.reshape(x, {batch, {2}, {2}}));
    BOOST_TEST(b.reshape(x, {batch, {2}, {2}}) != b.reshape(x, {batch, {4}, {1}}));
    BOOST_TEST(b.along(op::softmax, x) == b.along(op::softmax, x, 1));
    BOOST_TEST(b.along(op::softmax, x) != b.along(op::softmax, x, 0));
}
BOOST_AUTO_TEST_CASE(equal_nodes_are_found_in_a_table_that_has_grown) {
    builder b;
    const node_id x = input(b, "x", {{4}});
    std::vector<node_id> first;
    for (int i = 0; i < 3000; ++i) first.push_back(b.add(x, b.constant(i)));
    const int size = b.size();
    BOOST_TEST(size == 6001);
    for (int i = 0; i < 3000; ++i) BOOST_TEST(b.add(x, b.constant(i)) == first[static_cast<std::size_t>(i)]);
    BOOST_TEST(b.size() == size);
}
BOOST_AUTO_TEST_CASE(constants_are_known_by_their_bits) {
    builder b;
    BOOST_TEST(b.constant(2) == b.constant(2.0));
    BOOST_TEST(b.constant(0.1) != b.constant(std::nextafter(0.1, 1)));
    BOOST_TEST(b.constant(0.0) != b.constant(-0.0));  // 1 / x tells them apart
}
BOOST_AUTO_TEST_CASE(nan_is_a_constant_like_another_and_never_taken_for_a_number) {
    builder b;
    const node_id zero = b.constant(0);
    const node_id none = b.constant(not_a_number);
    BOOST_TEST(none != zero);
    for (int i = 0; i < 2000; ++i) b.constant(not_a_number);  // ends
    BOOST_TEST(b[none].attrs.value != b[none].attrs.value);
    BOOST_TEST(b.constant(0) == zero);
}
BOOST_AUTO_TEST_CASE(powers_of_symbols_belong_to_a_constant) {
    builder b;
    const dims s{batch, {4}};
    input(b, "x", {axis_of<dimension<"batch">>, {4}});
    const node_id n = b.elements(s, 3, 1);
    BOOST_TEST(b[n].attrs.value == 4);
    BOOST_TEST(b[n].attrs.powers[0] == 1);
    const node_id inverse = b.elements(s, 1, -1);
    BOOST_TEST(b[inverse].attrs.value == 1);
    BOOST_TEST(b[inverse].attrs.powers[0] == -1);
    BOOST_TEST(inverse != b.constant(1));
    BOOST_TEST(inverse == b.elements(s, 1, -1));
    BOOST_TEST(b.elements(s, 2, 1) == b.constant(4));
}
BOOST_AUTO_TEST_CASE(a_leaf_is_known_by_its_full_name) {
    builder b;
    const int fc = b.enter(name_of<"fc1">(), name_of<"linear">(), -1);
    const node_id w = b.leaf(op::parameter, "weight", {{2}, {3}}, fc);
    BOOST_TEST(b.leaf(op::parameter, "fc1.weight", {{2}, {3}}) == w);
    BOOST_TEST(b.leaf(op::parameter, "weight", {{2}, {3}}, fc) == w);
    BOOST_TEST(b.leaf(op::parameter, "weight", {{2}, {3}}) != w);
    BOOST_TEST(b.leaf(op::parameter, "fc1", {{2}, {3}}) != w);
    BOOST_TEST(find_leaf(b.view(), "fc1.weight") == w);
    const int inner = b.enter(name_of<"weight">(), name_of<"linear">(), fc);
    BOOST_TEST(b.leaf(op::parameter, "fc1.weight.x", {}) == b.leaf(op::parameter, "x", {}, inner));
}
BOOST_AUTO_TEST_CASE(a_long_name_is_a_name) {
    builder b;
    const std::string long_name(1000, 'n');
    const std::string other = long_name + "m";
    const node_id one = b.leaf(op::input, long_name.c_str(), {});
    BOOST_TEST(b.leaf(op::input, long_name.c_str(), {}) == one);
    BOOST_TEST(b.leaf(op::input, other.c_str(), {}) != one);
    const int layer = b.enter(long_name.c_str(), "linear", -1);
    const node_id inside = b.leaf(op::input, "weight", {}, layer);
    BOOST_TEST(b.leaf(op::input, (long_name + ".weight").c_str(), {}) == inside);
}
BOOST_AUTO_TEST_CASE(two_leaves_of_one_name_agree_in_shape_and_kind) {
    const auto clash_with = [](op kind, const dims& shape) {
        builder b;
        input(b, "x", {{4}});
        input(b, "y", {{5}});
        b.leaf(kind, "x", shape);
        return b.clash;
    };
    BOOST_TEST(!clash_with(op::input, {{4}}));
    for (const leaf_clash& c :
         {clash_with(op::input, {{5}}), clash_with(op::input, {{1}, {4}}), clash_with(op::parameter, {{4}})}) {
        BOOST_TEST(c.first == 0);
        BOOST_TEST(c.second == 2);
        BOOST_TEST(c.dimension == nullptr);
    }
}
BOOST_AUTO_TEST_CASE(a_named_dimension_has_one_size) {
    builder b;
    const char* const rows = name_of<"rows">();
    input(b, "x", {{4, rows}});
    input(b, "y", {{2}, {4, rows}});
    BOOST_TEST(!b.clash);
    const node_id z = input(b, "z", {{5, rows}});
    BOOST_TEST(b.clash.first == 0);
    BOOST_TEST(b.clash.second == z);
    BOOST_TEST(b.clash.dimension == rows);
}
BOOST_AUTO_TEST_CASE(a_layer_with_a_name_is_entered_again_a_nameless_one_is_new) {
    builder b;
    const int a = b.enter(name_of<"a">(), name_of<"linear">(), -1);
    BOOST_TEST(b.enter(name_of<"a">(), name_of<"linear">(), -1) == a);
    BOOST_TEST(b.enter(name_of<"a">(), name_of<"linear">(), a) != a);
    BOOST_TEST(b.enter(nullptr, name_of<"relu">(), -1) != b.enter(nullptr, name_of<"relu">(), -1));
}
BOOST_AUTO_TEST_CASE(a_graph_has_at_most_four_symbols) {
    builder b;
    for (const char* name : {name_of<"a">(), name_of<"b">(), name_of<"c">(), name_of<"d">()})
        input(b, name, {{symbolic, name}});
    BOOST_TEST(b.symbols.size() == 4u);
    input(b, "again", {{symbolic, name_of<"a">()}, {symbolic, name_of<"d">()}});
    BOOST_CHECK_THROW(input(b, "e", {{symbolic, name_of<"e">()}}), std::length_error);
}
BOOST_AUTO_TEST_CASE(operands_that_do_not_fit_are_refused) {
    builder b;
    const node_id x = input(b, "x", {{4}});
    const node_id y = input(b, "y", {{5}});
    BOOST_CHECK_THROW(b.add(x, y), std::invalid_argument);
    BOOST_CHECK_THROW(b.matmul(x, y), std::invalid_argument);
    BOOST_CHECK_THROW(b.where(x, x, y), std::invalid_argument);
}
BOOST_AUTO_TEST_CASE(a_rewriter_sees_each_node_before_it_is_made) {
    builder b([](builder& self, const node& n) {
        return n.is(op::neg) && self[n.operands[0]].is(op::neg) ? self[n.operands[0]].operands[0] : no_node;
    });
    const node_id x = input(b, "x", {});
    BOOST_TEST(b.neg(b.neg(x)) == x);
    BOOST_TEST(b.neg(b.neg(b.neg(x))) == b.neg(x));
}

// finished graphs

BOOST_AUTO_TEST_CASE(what_no_output_needs_is_left_out) {
    constexpr auto g = freeze<small>();
    static_assert(g.size() == 5 && small::build().size() == 8);
    static_assert(find_leaf(g, "dead") == no_node && find_leaf(g, "w") != no_node);
    static_assert(g.outputs.size() == 2 && g.outputs[0].node == 4 && g.outputs[0].assigned_to == find_leaf(g, "w"));
    BOOST_TEST(g.outputs[1].node == find_leaf(g, "x"));
}
BOOST_AUTO_TEST_CASE(freezing_while_compiling_and_finishing_while_running_give_one_graph) {
    constexpr auto frozen = freeze<small>();
    const run_time_graph made = finished(small::build());
    BOOST_TEST_REQUIRE(made.size() == frozen.size());
    for (node_id i = 0; i < frozen.size(); ++i) BOOST_TEST(same(frozen[i], made.nodes[static_cast<std::size_t>(i)]));
    BOOST_TEST(made.outputs.size() == 2u);
    BOOST_TEST(made.outputs[0].assigned_to == frozen.outputs[0].assigned_to);
    BOOST_TEST(made.symbols[0] == frozen.symbols[0]);
}
BOOST_AUTO_TEST_CASE(a_target_is_kept_even_if_nothing_reads_it) {
    builder b;
    const node_id w = b.leaf(op::parameter, "w", {});
    b.outputs = {{b.constant(1), w}};
    const run_time_graph g = finished(b);
    BOOST_TEST(g.size() == 2);
    BOOST_TEST(find_leaf(g, "w") == g.outputs[0].assigned_to);
}
BOOST_AUTO_TEST_CASE(a_graph_is_as_deep_as_memory_allows) {
    builder b;
    node_id h = input(b, "x", {{4}});
    for (int i = 0; i < 2000; ++i) h = b.add(b.unary(op::tanh, h), h);
    b.outputs = {{h}};
    BOOST_TEST(finished(b).size() == 4001);
}
BOOST_AUTO_TEST_CASE(an_empty_graph_is_a_graph) { BOOST_TEST(finished(builder{}).size() == 0); }

BOOST_AUTO_TEST_SUITE_END()
