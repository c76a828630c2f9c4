// SPDX-License-Identifier: BSL-1.0
// The table of layers, character by character.
#include <gradus/draw/table.hpp>
#include <boost/test/unit_test.hpp>
#include "networks.hpp"

using namespace gradus;

BOOST_AUTO_TEST_SUITE(layer_tables)

BOOST_AUTO_TEST_CASE(each_layer_has_a_line_and_the_total_is_below) {
    const std::string wanted =
        "Layer         Output shape  Parameters\n"
        "--------------------------------------\n"
        "x (input)      (batch, 64)           -\n"
        "y (input)         (batch,)           -\n"
        "fc1 (linear)   (batch, 32)       2,080\n"
        "relu           (batch, 32)           0\n"
        "fc2 (linear)   (batch, 10)         330\n"
        "--------------------------------------\n"
        "Total                            2,410\n";
    BOOST_TEST(layer_table(networks::digits(false).view()) == wanted);
    BOOST_TEST(layer_table(networks::digits(true, true).view()) == wanted);  // gradients and updates are no layers
}

BOOST_AUTO_TEST_CASE(layers_inside_layers_are_indented_and_counted_once) {
    const std::string t = layer_table(networks::residual(2).view());
    BOOST_TEST(t.find("\n0 (residual)    (batch, 16)         272\n  fc (linear)   (batch, 16)         272\n  relu ") !=
               std::string::npos);
    BOOST_TEST(t.find("Total                               544\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(parameters_without_a_layer_have_lines) {
    const std::string t = layer_table(networks::softmax_regression().view());
    BOOST_TEST(t.find("W (parameter)      (10, 64)         640\n") != std::string::npos);
    BOOST_TEST(t.find("Total                               650\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(columns_are_counted_as_a_terminal_does) {
    BOOST_TEST(drawing::columns_of("abc") == 3);
    BOOST_TEST(drawing::columns_of("ŷ₁∂") == 3);
    BOOST_TEST(drawing::columns_of("y\u0302") == 1);
    BOOST_TEST(drawing::columns_of("層") == 2);
    builder b;
    b.leaf(op::input, "größe", {{3}});
    b.leaf(op::input, "x", {{3}});
    const std::string t = layer_table(b.view());
    BOOST_TEST(t.find("größe (input)          (3,)           -\nx (input)              (3,)           -\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_graph_has_an_empty_table) {
    BOOST_TEST(layer_table(builder().view()).find("Total") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
