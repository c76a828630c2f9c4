// SPDX-License-Identifier: BSL-1.0
// Names of values: conventions, no two alike, whose gradient is whose.
#include <gradus/draw/names.hpp>
#include <boost/test/unit_test.hpp>
#include "networks.hpp"
#include <algorithm>

using namespace gradus;

namespace {
std::vector<value_name> all_names(const builder& b) {
    return name_values(b.view(), std::vector<char>(static_cast<std::size_t>(b.size()), 1), leaf_names::brief);
}
std::string unicode_name(const builder& b, node_id i) {
    return spell(all_names(b)[static_cast<std::size_t>(i)], notation::unicode);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(a_name_is_spelt_in_three_notations) {
    const value_name w{"W", "12"};
    BOOST_TEST(spell(w, notation::plain) == "W12");
    BOOST_TEST(spell(w, notation::unicode) == "W₁₂");
    BOOST_TEST(spell(w, notation::tex) == "W_{12}");
    value_name g = w;
    g.derivative = 1;
    BOOST_TEST(spell(g, notation::plain) == "dW12");
    BOOST_TEST(spell(g, notation::unicode) == "∂W₁₂");
    BOOST_TEST(spell(g, notation::tex) == "\\partial_{W_{12}}L");
    value_name hat{"y", ""};
    hat.hat = true;
    BOOST_TEST(spell(hat, notation::plain) == "y_hat");
    BOOST_TEST(spell(hat, notation::unicode) == "ŷ");
    BOOST_TEST(spell(hat, notation::tex) == "\\hat{y}");
    BOOST_TEST(spell(value_name{"learning_rate", ""}, notation::tex) == "\\mathrm{learning\\_rate}");
}

BOOST_AUTO_TEST_CASE(values_go_by_convention) {
    const builder b = networks::mlp_mse();
    const std::vector<std::pair<node_id, std::string>> expected{
        {0, "x"},  {1, "W₁"}, {2, "b₁"}, {4, "u₁"},  {5, "z₁"},   {6, "a₁"},   {7, "W₂"},   {10, "u₂"},
        {11, "ŷ"}, {12, "y"}, {16, "L"}, {18, "∂ŷ"}, {19, "∂a₁"}, {23, "∂z₁"}, {25, "∂W₁"}, {26, "∂b₁"}};
    for (const auto& [i, name] : expected) BOOST_TEST(unicode_name(b, i) == name);
}

BOOST_AUTO_TEST_CASE(no_two_values_share_a_name) {
    for (const builder& b : {networks::mlp_mse(), networks::digits(true, true), networks::residual(40),
                             networks::branches(), networks::second_order(), networks::deep(12)}) {
        const std::vector<value_name> names = all_names(b);
        std::vector<std::string> spelt;
        for (node_id i = 0; i < b.size(); ++i)
            if (!b[i].is(op::constant)) spelt.push_back(spell(names[static_cast<std::size_t>(i)], notation::plain));
        std::sort(spelt.begin(), spelt.end());
        BOOST_TEST((std::adjacent_find(spelt.begin(), spelt.end()) == spelt.end()));
        BOOST_TEST((all_names(b) == names));  // calling twice is as calling once
    }
}

BOOST_AUTO_TEST_CASE(a_short_name_that_two_leaves_want_goes_to_none_but_the_first) {
    builder b;
    const int one = b.enter("one", "attention", -1);
    const int two = b.enter("two", "attention", -1);
    const node_id first = b.leaf(op::parameter, "query", {{4}, {4}}, one);
    const node_id second = b.leaf(op::parameter, "query", {{4}, {4}}, two);
    BOOST_TEST(unicode_name(b, first) == "query");
    BOOST_TEST(unicode_name(b, second) == "two.query");
}

BOOST_AUTO_TEST_CASE(a_sum_owns_the_gradient_that_it_passes_on) {
    const builder b = networks::mlp_mse();
    const drawing::user_lists users(b.view());
    const drawing::gradient_map gradients(b.view(), users);
    BOOST_TEST(gradients.owner[23] == 5);  // of z1 = u1 + b1 ...
    BOOST_TEST(gradients.of[4] == 23);     // ... and u1 has the same
    BOOST_TEST(gradients.alias[4] == 1);
    BOOST_TEST(gradients.owner[25] == 1);
    BOOST_TEST(gradients.scaled[23] == 0);
}

BOOST_AUTO_TEST_CASE(an_error_is_recognised_when_its_factor_has_moved_outwards) {
    builder b;
    const node_id x = b.leaf(op::input, "x", {networks::batch, {4}});
    const networks::linear_parts one = networks::linear(b, "fc1", x, 3);
    const node_id y = b.leaf(op::input, "y", {networks::batch, {3}});
    b.outputs.push_back({b.reduce(op::mean, b.cross_entropy(one.sum, y), 1, false)});
    const node_id delta = b.sub(b.along(op::softmax, one.sum), y);
    const node_id scale = b.elements(b.shape(y), 1, -1);
    networks::marked(b, b.mul(scale, b.matmul(b.transpose(delta), x)), one.weight);
    networks::marked(b, b.mul(scale, b.reduce(op::sum, delta, 1, false)), one.bias);
    const drawing::user_lists users(b.view());
    const drawing::gradient_map gradients(b.view(), users);
    BOOST_TEST(gradients.owner[static_cast<std::size_t>(delta)] == one.sum);
    BOOST_TEST(gradients.scaled[static_cast<std::size_t>(delta)] == 1);
    BOOST_TEST(unicode_name(b, delta) == "δ₁");
}

BOOST_AUTO_TEST_CASE(shapes_and_numbers_for_people) {
    BOOST_TEST(short_shape({networks::batch, {784}}) == "N×784");
    BOOST_TEST(short_shape({{10}}) == "10");
    BOOST_TEST(short_shape({}) == "scalar");
    BOOST_TEST(short_shape({{symbolic, name_of<"steps">()}, {8}}) == "steps×8");
    BOOST_TEST(grouped(0, ",") == "0");
    BOOST_TEST(grouped(999, ",") == "999");
    BOOST_TEST(grouped(1000, ",") == "1,000");
    BOOST_TEST(grouped(109386, ",") == "109,386");
    BOOST_TEST(grouped(1234567, "\u2009") == "1\u2009234\u2009567");
    BOOST_TEST(grouped(-1234, ",") == "-1,234");
    BOOST_TEST(grouped(-123, ",") == "-123");
}

BOOST_AUTO_TEST_SUITE_END()
