// SPDX-License-Identifier: BSL-1.0
// The picture of both passes: approved texts, columns, formulas, what is left out.
#include <gradus/draw/forward_gradient.hpp>
#include "drawn.hpp"
#include "networks.hpp"

using namespace gradus;
using drawn::count;

BOOST_AUTO_TEST_SUITE(forward_gradient)

BOOST_AUTO_TEST_CASE(the_text_is_as_approved) {
    drawn::is_golden("forward-gradient-mse.dot", draw_forward_gradient(networks::mlp_mse().view()));
    drawn::is_golden("forward-gradient-step.dot", draw_forward_gradient(networks::digits(true, true).view()));
    drawn::is_golden("forward-gradient-residual.dot", draw_forward_gradient(networks::residual(3).view()));
    drawn::is_golden("forward-gradient-second-order.dot", draw_forward_gradient(networks::second_order().view()));
}

BOOST_AUTO_TEST_CASE(every_gradient_stands_in_the_column_of_its_value) {
    const std::string text = draw_forward_gradient(networks::mlp_mse().view());
    // u1 has the gradient of z1: an alias stands for it.
    BOOST_TEST(count(text, "{rank=same; n1; n4; a4; n25;}") == 1);
    BOOST_TEST(count(text, "{rank=same; n2; n5; n23; n26;}") == 1);
    BOOST_TEST(count(text, "{rank=same; n6; n19;}") == 1);
    BOOST_TEST(count(text, "{rank=same; n12; n16; seed;}") == 1);
}

BOOST_AUTO_TEST_CASE(the_formulas_are_those_of_the_book) {
    const std::string text = draw_forward_gradient(networks::mlp_mse().view());
    for (const char* formula : {"<B>u₁</B> = x W₁ᵀ", "<B>a₁</B> = tanh z₁", "<B>L</B> = mean((ŷ − y)²)", "(ŷ − y) / N",
                                "∂ŷ · W₂", "∂a₁ ⊙ (1 − a₁²)", "∂z₁ᵀ · x", "Σₙ ∂z₁", "= ∂z₁", "<B>∂L/∂W₁</B>"})
        BOOST_TEST(count(text, formula) > 0, formula);
}

BOOST_AUTO_TEST_CASE(errors_stand_where_the_gradients_would_after_simplification) {
    const std::string text = draw_forward_gradient(networks::errors().view());
    drawn::is_golden("forward-gradient-errors.dot", text);
    for (const char* words : {"<B>δ₁ ∝ ∂L/∂z₁</B>", "(δ₂ W₂) ⊙ (1 − a₁²)", "<B>δ₂ ∝ ∂L/∂ŷ</B>", ">ŷ − y<", "δ₁ᵀ x / N",
                              "Σₙ δ₂ / N", "∝ δ₂", "<B>L</B> = mean((ŷ − y)²)"})
        BOOST_TEST(count(text, words) > 0, words);
    BOOST_TEST(count(text, "class=\"grad alias\"") == 2);
    drawn::svg(text);
}

BOOST_AUTO_TEST_CASE(an_update_is_told_with_its_gradient) {
    const std::string text = draw_forward_gradient(networks::digits(true, true).view());
    BOOST_TEST(count(text, ">W₁ ← W₁ − 0.1 ∂W₁<") == 1);
    BOOST_TEST(count(text, ">b₂ ← b₂ − 0.1 ∂b₂<") == 1);
}

BOOST_AUTO_TEST_CASE(nodes_and_edges_are_as_many_as_the_model_says) {
    const std::string svg = drawn::svg(draw_forward_gradient(networks::mlp_mse().view()));
    if (svg.empty()) return;
    // 6 leaves, 6 values, 3 gradients of values, 2 aliases, the seed, 4 gradients of parameters, 4 names of lanes
    BOOST_TEST(count(svg, "class=\"node") == 26);
    BOOST_TEST(count(svg, "class=\"node grad\"") == 4);
    BOOST_TEST(count(svg, "class=\"node grad param\"") == 4);
    BOOST_TEST(count(svg, "class=\"node grad alias\"") == 2);
    BOOST_TEST(count(svg, "class=\"edge fwd\"") == 11);
    BOOST_TEST(count(svg, "class=\"edge reuse\"") == 6);  // x, a1 twice, W2, and both sides of the error
    BOOST_TEST(count(svg, "class=\"edge bwd\"") == 10);
}

BOOST_AUTO_TEST_CASE(without_gradients_there_are_only_forward_lanes) {
    const std::string text = draw_forward_gradient(networks::digits(false).view());
    BOOST_TEST(count(text, "backward") == 0);
    BOOST_TEST(count(text, "∂") == 0);
    BOOST_TEST(count(text, "seed") == 0);
    drawn::svg(text);
}

BOOST_AUTO_TEST_CASE(gradients_alone_are_drawn_with_the_values_that_they_use) {
    builder b = networks::mlp_mse();
    b.outputs.erase(b.outputs.begin());
    const std::string text = draw_forward_gradient(b.view());
    BOOST_TEST(count(text, "<B>∂L/∂W₁</B>") == 1);
    BOOST_TEST(count(text, "<B>ŷ</B>") == 1);
    BOOST_TEST(count(text, "seed") == 0);
    drawn::svg(text);
}

BOOST_AUTO_TEST_CASE(deep_networks_run_from_top_to_bottom) {
    BOOST_TEST(count(draw_forward_gradient(networks::mlp_mse().view()), "rankdir=\"LR\"") == 1);
    BOOST_TEST(count(draw_forward_gradient(networks::residual(40).view()), "rankdir=\"TB\"") == 1);
}

BOOST_AUTO_TEST_CASE(too_large_a_graph_is_drawn_by_its_layers) {
    const builder b = networks::residual(40);
    const std::string text = draw_forward_gradient(b.view(), {.max_nodes = 500});
    BOOST_TEST(count(text, "more values are not drawn") == 1);
    const std::string svg = drawn::svg(text);
    BOOST_TEST(count(svg, "class=\"node") <= 520);
}

BOOST_AUTO_TEST_SUITE_END()
