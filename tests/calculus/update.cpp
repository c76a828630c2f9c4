// SPDX-License-Identifier: BSL-1.0
// What an optimizer writes an update with.
#include <gradus/calculus/simplify.hpp>
#include <gradus/calculus/update.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

/// A parameter "weight" of the layer "fc1" and its gradient.
struct written {
    builder b{simplify};
    node_id parameter = no_node, gradient = no_node;

    written() {
        dims shape;
        shape.push_back({3, nullptr});
        parameter = b.leaf(op::parameter, "weight", shape, b.enter("fc1", "linear", -1));
        gradient = b.leaf(op::input, "g", shape);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_of_a_parameter)

BOOST_AUTO_TEST_CASE(a_state_is_named_after_its_parameter_and_is_no_parameter) {
    written w;
    update_context c{w.b, w.parameter, w.gradient, nullptr};
    const node_id state = c.state("exp_avg");
    BOOST_TEST(has_name(w.b.view(), w.b[state], "fc1.weight.exp_avg"));
    BOOST_TEST(is_state(w.b.view(), w.b[state]));
    BOOST_TEST(!is_state(w.b.view(), w.b[w.parameter]));
    BOOST_TEST((w.b.shape(state) == w.b.shape(w.parameter)));
    BOOST_TEST(c.state("exp_avg") == state);
    BOOST_TEST(c.keep(state, w.gradient) == w.gradient);
    BOOST_REQUIRE(c.kept.size() == 1u);
    BOOST_TEST(c.kept[0].assigned_to == state);
}

BOOST_AUTO_TEST_CASE(a_group_replaces_the_weight_decay_of_the_optimizer) {
    written w;
    update_context c{w.b, w.parameter, w.gradient, nullptr};
    const node_id own = w.b.constant(0.5);
    BOOST_TEST(c.decay(own) == own);
    BOOST_TEST(c.decayed_gradient(no_node) == w.gradient);
    BOOST_TEST(w.b[c.decayed_gradient(own)].is(op::add));
    c.grouped = true;
    BOOST_TEST(c.decayed_gradient(own) == w.gradient);  // a group without decay
}

BOOST_AUTO_TEST_SUITE_END()
