// SPDX-License-Identifier: BSL-1.0
// What pictures share: tooltips, roles, ids, the forward part.
#include <gradus/draw/picture.hpp>
#include <boost/test/unit_test.hpp>
#include "networks.hpp"

using namespace gradus;

BOOST_AUTO_TEST_SUITE(picture)

BOOST_AUTO_TEST_CASE(a_tooltip_tells_the_node_and_never_grows_too_long) {
    const builder b = networks::digits();
    BOOST_TEST(drawing::tooltip(b.view(), 1, "") ==
               "#1 parameter fc1.weight : (32, 64)\n2\u2009048 elements\nlayer fc1 linear");
    BOOST_TEST(drawing::tooltip(b.view(), 4, "x W").substr(0, 28) == "#4 matmul : (batch, 32)\nx W\n");
    BOOST_TEST(drawing::tooltip(b.view(), 25, "").find("gradient by #1 fc1.weight") != std::string::npos);
    BOOST_TEST(drawing::tooltip(b.view(), 4, std::string(50000, 'x')).size() <= 2000u);
}

BOOST_AUTO_TEST_CASE(roles_follow_what_a_node_is) {
    const builder b = networks::digits();
    BOOST_TEST((drawing::role_of(b.view(), 0, false) == role::data));
    BOOST_TEST((drawing::role_of(b.view(), 1, false) == role::parameter));
    BOOST_TEST((drawing::role_of(b.view(), 4, false) == role::operation));
    BOOST_TEST((drawing::role_of(b.view(), 6, false) == role::activation));
    BOOST_TEST((drawing::role_of(b.view(), 14, true) == role::loss));
    BOOST_TEST((drawing::role_of(b.view(), 19, false) == role::gradient));
    BOOST_TEST((drawing::role_of(b.view(), 25, false) == role::parameter_gradient));
}

BOOST_AUTO_TEST_CASE(ids_are_names_and_unique) {
    builder b;
    b.leaf(op::input, "n1", {});
    b.leaf(op::input, "a b", {});
    b.leaf(op::input, "a<b", {});
    b.leaf(op::input, "diagram", {});
    const std::vector<std::string> ids = drawing::svg_ids(b.view());
    BOOST_TEST(ids[0] == "n1-n0");
    BOOST_TEST(ids[1] == "a-b");
    BOOST_TEST(ids[2] == "a-b-n2");
    BOOST_TEST(ids[3] == "diagram-n3");
}

BOOST_AUTO_TEST_CASE(the_forward_part_has_no_gradients_and_no_updates) {
    const builder b = networks::digits(true, true);
    const drawing::user_lists users(b.view());
    const drawing::gradient_map gradients(b.view(), users);
    const drawing::forward_part part(b.view(), gradients);
    BOOST_TEST(part.results.size() == 1u);
    for (node_id i = 0; i < b.size(); ++i) BOOST_TEST((part.needed[static_cast<std::size_t>(i)] != 0) == (i <= 14));
}

BOOST_AUTO_TEST_CASE(targets_are_inputs_that_a_loss_compares_with) {
    for (const builder& b : {networks::digits(), networks::mlp_mse(), networks::softmax_regression()}) {
        const drawing::user_lists users(b.view());
        BOOST_TEST(drawing::is_target(b.view(), users, find_leaf(b.view(), "y")));
        BOOST_TEST(!drawing::is_target(b.view(), users, find_leaf(b.view(), "x")));
    }
}

BOOST_AUTO_TEST_SUITE_END()
