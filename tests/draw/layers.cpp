// SPDX-License-Identifier: BSL-1.0
// The picture of the layers: approved texts, cards, shares, groups that are drawn once.
#include <gradus/draw/layers.hpp>
#include "drawn.hpp"
#include "networks.hpp"

using namespace gradus;
using drawn::count;

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(the_text_is_as_approved) {
    drawn::is_golden("layers-digits.dot", draw_layers(networks::digits(true, true).view(), {.title = "digits"}));
    drawn::is_golden("layers-residual.dot", draw_layers(networks::residual(40).view()));
    drawn::is_golden("layers-branches.dot", draw_layers(networks::branches().view()));
}

BOOST_AUTO_TEST_CASE(a_card_says_features_parameters_and_share) {
    const std::string text = draw_layers(networks::digits().view(), {.title = "digits"});
    for (const char* words : {"<B>fc1</B>  linear", "64 → 32", "W₁ 32×64   b₁ 32", "2\u2009080 parameters", "86.3 %",
                              "<B>relu</B>", "max(0, x)", "<B>loss</B>  softmax cross-entropy", "<B>target</B>  y",
                              "3 layers · 2\u2009410 parameters · 9.4 KiB"})
        BOOST_TEST(count(text, words) > 0, words);
    BOOST_TEST(count(text, "∂") == 0);  // gradients are no layers
    const std::string svg = drawn::svg(text);
    if (!svg.empty()) BOOST_TEST(count(svg, "class=\"node") == 6);
}

BOOST_AUTO_TEST_CASE(losses_go_by_their_names) {
    BOOST_TEST(count(draw_layers(networks::mlp_mse().view()), "mean squared error") > 0);
    BOOST_TEST(count(draw_layers(networks::branches().view()), "mean(v²) + 0.01 Σ |W|") > 0);
}

BOOST_AUTO_TEST_CASE(three_equal_groups_or_more_are_drawn_once) {
    const std::string two = draw_layers(networks::residual(2).view());
    BOOST_TEST(count(two, "<B>0.fc</B>") == 1);
    BOOST_TEST(count(two, "<B>1.fc</B>") == 1);
    const std::string forty = draw_layers(networks::residual(40).view());
    BOOST_TEST(count(forty, "<B>× 40</B>") == 1);
    BOOST_TEST(count(forty, "<B>0.fc</B>") == 1);
    BOOST_TEST(count(forty, "<B>1.fc</B>") == 0);
    BOOST_TEST(count(forty, "10\u2009880 parameters") == 1);  // all forty are counted
    BOOST_TEST(count(draw_layers(networks::deep(12).view()), "<B>× 12</B>") == 1);
}

BOOST_AUTO_TEST_CASE(a_group_that_something_else_reads_from_is_not_folded) {
    builder b = networks::residual(5, false);
    // The value after the second level is a result of its own.
    for (node_id i = 0, seen = 0; i < b.size(); ++i)
        if (b[i].is(op::add) && b[i].layer >= 0 && b.layers[static_cast<std::size_t>(b[i].layer)].parent < 0 &&
            ++seen == 2)
            b.outputs.push_back({b.reduce(op::sum, i, 3, false)});
    const std::string text = draw_layers(b.view());
    BOOST_TEST(count(text, "× 5") == 0);
    BOOST_TEST(count(text, "<B>1.fc</B>") == 1);
}

BOOST_AUTO_TEST_CASE(what_has_no_layer_has_cards_too) {
    const std::string text = draw_layers(networks::softmax_regression().view());
    BOOST_TEST(count(text, "<B>linear</B>") == 1);
    BOOST_TEST(count(text, "W 10×64   b 10") == 1);
    drawn::svg(draw_layers(networks::second_order().view()));
}

BOOST_AUTO_TEST_CASE(the_size_depends_on_the_bytes_of_a_number) {
    BOOST_TEST(count(draw_layers(networks::digits().view(), {.bytes_per_number = 8}), "18.8 KiB") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
