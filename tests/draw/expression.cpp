// SPDX-License-Identifier: BSL-1.0
// The picture of an expression: approved texts, nodes, marks on the edges.
#include <gradus/draw/expression.hpp>
#include "drawn.hpp"
#include "networks.hpp"

using namespace gradus;
using drawn::count;

BOOST_AUTO_TEST_SUITE(expression)

BOOST_AUTO_TEST_CASE(the_text_is_as_approved) {
    drawn::is_golden("expression-mse.dot", draw_expression(networks::mlp_mse(false).view()));
    drawn::is_golden("expression-branches.dot", draw_expression(networks::branches().view(), {}, -1));
    drawn::is_golden("expression-gradient.dot", draw_expression(networks::softmax_regression().view(), {}, 1));
}

BOOST_AUTO_TEST_CASE(each_value_is_one_node_and_views_are_none) {
    const std::string svg = drawn::svg(draw_expression(networks::mlp_mse(false).view()));
    if (svg.empty()) return;
    // x, W1, b1, x W1, + b1, tanh, W2, b2, a W2, + b2, y, sub, square, mean; the transposes stand on the edges.
    BOOST_TEST(count(svg, "class=\"node") == 14);
    BOOST_TEST(count(svg, "class=\"edge") == 13);
    BOOST_TEST(count(svg, "class=\"cluster") == 2);
    BOOST_TEST(count(svg, "id=\"fc1.weight\"") == 1);
}

BOOST_AUTO_TEST_CASE(only_what_the_output_needs_is_drawn) {
    const builder b = networks::branches();
    BOOST_TEST(count(draw_expression(b.view()), "argmax") == 0);
    BOOST_TEST(count(draw_expression(b.view(), {}, -1), "argmax") > 0);
}

BOOST_AUTO_TEST_CASE(operands_are_numbered_where_their_order_matters) {
    builder b;
    const node_id x = b.leaf(op::input, "x", {{2}});
    const node_id y = b.leaf(op::input, "y", {{2}});
    b.outputs.push_back({b.sub(x, y)});
    const std::string minus = draw_expression(b.view());
    BOOST_TEST(count(minus, "label=\"  ① 2\"") == 1);
    BOOST_TEST(count(minus, "label=\"② 2\"") == 1);
    b.outputs[0].node = b.add(x, y);
    BOOST_TEST(count(draw_expression(b.view()), "①") == 0);
}

BOOST_AUTO_TEST_CASE(broadcasting_and_sharing_are_shown) {
    const std::string text = draw_expression(networks::branches().view(), {}, -1);
    BOOST_TEST(count(text, "label=\"scalar ⇒ N×8\", style=\"dashed\"") == 1);
    BOOST_TEST(count(text, "<B>W</B>  <FONT POINT-SIZE=\"10\">×3</FONT>") == 1);
    BOOST_TEST(count(text, "peripheries=\"2\"") == 2);
}

BOOST_AUTO_TEST_CASE(shapes_can_be_left_out) {
    const std::string text = draw_expression(networks::mlp_mse(false).view(), {.show = label_style::names});
    BOOST_TEST(count(text, "N×") == 0);
    BOOST_TEST(count(text, "label=\"②\"") == 1);
}

BOOST_AUTO_TEST_CASE(a_graph_that_is_too_large_is_cut_and_says_so) {
    const builder b = networks::residual(40);
    const std::string text = draw_expression(b.view(), {.max_nodes = 30});
    BOOST_TEST(count(text, "more nodes") == 1);
    drawn::svg(text);
}

BOOST_AUTO_TEST_CASE(a_leaf_or_a_constant_alone_can_be_drawn) {
    builder b;
    b.outputs.push_back({b.leaf(op::parameter, "w", {})});
    BOOST_TEST(count(draw_expression(b.view()), "<B>w</B>") == 1);
    drawn::svg(draw_expression(b.view()));
    builder c;
    c.outputs.push_back({c.constant(0.5)});
    BOOST_TEST(count(draw_expression(c.view()), "<B>0.5</B>") == 1);
    drawn::svg(draw_expression(c.view()));
    drawn::svg(draw_expression(builder().view()));
}

BOOST_AUTO_TEST_SUITE_END()
