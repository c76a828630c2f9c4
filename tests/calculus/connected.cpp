// SPDX-License-Identifier: BSL-1.0
// Tests for calculus/connected.hpp: what must hold in a network as a whole, and the words where it does not.
#include <gradus/calculus/connected.hpp>
#include <gradus/calculus/graph_of.hpp>
#include <boost/test/unit_test.hpp>

namespace tt = boost::test_tools;
using namespace gradus;

namespace {

std::string clash_of(const builder& b) {
    fault f;
    if (b.clash) detail::blame_clash(f, b.view(), b.clash);
    return std::string(f.why.view());
}
constexpr const char* batch = name_of<"batch">();
constexpr const char* classes = name_of<"classes">();

}  // namespace

BOOST_AUTO_TEST_SUITE(connected)

BOOST_AUTO_TEST_CASE(a_name_has_one_shape) {
    builder b;
    b.leaf(op::parameter, name_of<"W">(), dims{{10}, {64}});
    b.leaf(op::parameter, name_of<"W">(), dims{{10}, {64}});
    BOOST_TEST(clash_of(b) == "");
    b.leaf(op::parameter, name_of<"W">(), dims{{10}, {32}});
    BOOST_TEST(clash_of(b) ==
               "64 and 32 differ: W is (10, 64) and (10, 32) in one network; give one of them another name");
    builder c;
    c.leaf(op::input, name_of<"x">(), dims{{10}});
    c.leaf(op::input, name_of<"x">(), dims{{10}, {2}});
    BOOST_TEST(clash_of(c) ==
               "1 and 2 dimensions differ: x is (10,) and (10, 2) in one network; give one of them another name");
    builder d;
    d.leaf(op::input, name_of<"x">(), dims{{symbolic, batch}});
    d.leaf(op::input, name_of<"x">(), dims{{4}});
    BOOST_TEST(clash_of(d) ==
               "any number and 4 differ: x is (batch,) and (4,) in one network; "
               "give one of them another name");
    builder e;
    e.leaf(op::input, name_of<"x">(), dims{{symbolic, batch}});
    e.leaf(op::input, name_of<"x">(), dims{{symbolic, classes}});
    BOOST_TEST(clash_of(e) ==
               "the names of dimensions differ: x is (batch,) and (classes,) in one network; "
               "give one of them another name");
}

BOOST_AUTO_TEST_CASE(a_name_is_an_input_or_a_parameter) {
    builder b;
    b.leaf(op::input, name_of<"W">(), dims{{10}});
    b.leaf(op::parameter, name_of<"W">(), dims{{10}});
    BOOST_TEST(clash_of(b) == "W is an input and a parameter in one network; give one of them another name");
}

BOOST_AUTO_TEST_CASE(the_layers_of_a_clash_are_named) {
    builder b;
    const int fc = b.enter(name_of<"fc1">(), "linear", -1);
    b.leaf(op::parameter, name_of<"weight">(), dims{{10}, {64}}, fc);
    b.leaf(op::parameter, name_of<"weight">(), dims{{10}, {32}}, b.enter(nullptr, "relu", fc));
    BOOST_TEST(clash_of(b) ==
               "64 and 32 differ: fc1.weight is (10, 64) and (10, 32) in one network; "
               "two layers are called fc1, give one another name");
}

BOOST_AUTO_TEST_CASE(a_named_dimension_has_one_size) {
    builder b;
    b.leaf(op::input, name_of<"x">(), dims{{symbolic, batch}, {10, classes}});
    b.leaf(op::input, name_of<"y">(), dims{{symbolic, batch}});
    BOOST_TEST(clash_of(b) == "");
    b.leaf(op::input, name_of<"z">(), dims{{5, classes}, {symbolic, batch}});
    BOOST_TEST(clash_of(b) ==
               "10 and 5 are both called classes: in x (batch, classes=10) and in z (classes=5, batch); "
               "give one of the dimensions another name");
    builder c;
    c.leaf(op::input, name_of<"x">(), dims{{symbolic, batch}});
    c.leaf(op::input, name_of<"y">(), dims{{32, batch}});
    BOOST_TEST(clash_of(c) ==
               "any number and 32 are both called batch: in x (batch,) and in y (batch=32,); "
               "give one of the dimensions another name");
    builder d;
    d.leaf(op::input, name_of<"x">(), dims{{3, classes}, {4, classes}});
    BOOST_TEST(clash_of(d) ==
               "3 and 4 are both called classes: in x (classes=3, classes=4) and in x (classes=3, "
               "classes=4); give one of the dimensions another name");
}

BOOST_AUTO_TEST_CASE(a_graph_with_a_clash_is_not_finished) {
    builder b;
    b.outputs.push_back({b.leaf(op::input, name_of<"x">(), dims{{4}})});
    BOOST_TEST(finished(b).size() == 1);
    b.outputs.push_back({b.leaf(op::input, name_of<"x">(), dims{{5}})});
    BOOST_CHECK_THROW(finished(b), std::invalid_argument);
}

// Each operation that has a rule, with operands of fitting shapes: where the rule gives nothing, nothing may pass.
BOOST_AUTO_TEST_CASE(the_gradient_passes_where_the_rules_say_so) {
    int asked = 0;
    for (const gradient_rule& rule : gradient_rules) {
        builder b;
        const operation_info& what = info(rule.operation);
        const bool loss = rule.operation == op::cross_entropy;
        node n;
        n.operation = rule.operation;
        n.arity = static_cast<std::int8_t>(what.arity);
        n.shape = loss || rule.operation == op::cross_entropy_soft || what.what == kind::reduction ? dims{{3}}
                                                                                                   : dims{{3}, {3}};
        n.attrs.axes = 2;
        for (int i = 0; i < max_rank; ++i) n.attrs.order[i] = static_cast<std::int8_t>(i);
        for (int k = 0; k < what.arity; ++k)
            n.operands[static_cast<std::size_t>(k)] = b.leaf(op::input,
                                                             k == 0   ? "a"
                                                             : k == 1 ? "b"
                                                                      : "c",
                                                             loss && k == 1 ? dims{{3}} : dims{{3}, {3}});
        const adjoint here{n, b.add(n), b.leaf(op::input, "g", n.shape)};
        for (int k = 0; k < what.arity; ++k, ++asked)
            BOOST_TEST((rule.apply(b, here, k) != no_node) == detail::passes_gradient(rule.operation, k),
                       what.name << " " << k);
    }
    BOOST_TEST(asked > 30);
    BOOST_TEST(!detail::passes_gradient(op::argmax, 0));
    BOOST_TEST(!detail::passes_gradient(op::sign, 0));
    BOOST_TEST(!detail::passes_gradient(op::greater, 1));
}

BOOST_AUTO_TEST_CASE(the_last_flat_operation_is_where_the_gradient_stops) {
    builder b;
    const node_id w = b.leaf(op::parameter, "w", dims{{3}});
    const node_id v = b.leaf(op::parameter, "v", dims{{3}});
    const node_id flat = b.unary(op::sign, b.unary(op::sign, w));
    const node_id loss = b.reduce(op::sum, b.mul(flat, v), 1, false);
    BOOST_TEST(detail::where_gradient_stops(b.view(), loss, w) == flat);
    BOOST_TEST(detail::where_gradient_stops(b.view(), loss, v) == no_node);
    const growing<char> reached = detail::reached_by_gradient(b.view(), loss);
    BOOST_TEST(!reached[static_cast<std::size_t>(w)]);
    BOOST_TEST(reached[static_cast<std::size_t>(v)]);
    BOOST_TEST(reached[static_cast<std::size_t>(flat)]);
    const node_id both = b.reduce(op::sum, b.mul(flat, w), 1, false);
    BOOST_TEST(detail::reached_by_gradient(b.view(), both)[static_cast<std::size_t>(w)]);
}

BOOST_AUTO_TEST_CASE(each_flat_operation_has_its_way_out) {
    for (op o : {op::argmax, op::sign, op::greater, op::where, op::cross_entropy}) {
        sentence s;
        detail::write_stop(s, o);
        BOOST_TEST(s.view().substr(0, info(o).name.size()) == info(o).name);
        BOOST_TEST(s.view().find("leave it out") == std::string_view::npos, s.view());
    }
}

BOOST_AUTO_TEST_CASE(the_nearest_leaf_is_written_with_its_shape) {
    builder b;
    b.leaf(op::parameter, "weight", dims{{2}}, b.enter(name_of<"fc1">(), "linear", -1));
    b.leaf(op::input, "x", dims{{3}});
    sentence s;
    detail::write_nearest(s, b.view(), op::parameter, "fc1.wieght");
    BOOST_TEST(s.view() == "; the nearest is fc1.weight (2,)");
    sentence none;
    detail::write_nearest(none, b.view(), op::constant, "x");
    BOOST_TEST(none.view() == "");
}

BOOST_AUTO_TEST_SUITE_END()
