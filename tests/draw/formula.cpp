// SPDX-License-Identifier: BSL-1.0
// Formulas as exact strings: precedence, signs, constants, names of parts.
#include <gradus/draw/formula.hpp>
#include <boost/test/unit_test.hpp>
#include "networks.hpp"

using namespace gradus;

namespace {

/// Four matrices of one shape, three vectors and a scalar to write formulas with.
struct letters {
    builder b;
    node_id x = b.leaf(op::input, "x", {networks::batch, {4}});
    node_id y = b.leaf(op::input, "y", {networks::batch, {4}});
    node_id W = b.leaf(op::parameter, "W", {{4}, {4}});
    node_id V = b.leaf(op::parameter, "V", {{4}, {4}});
    node_id v = b.leaf(op::parameter, "v", {{4}});
    node_id s = b.leaf(op::parameter, "s", {});
    node_id c(double value) { return b.constant(value); }
    node_id c(double value, int power) {
        node n;
        n.operation = op::constant;
        n.attrs.value = value;
        n.attrs.powers[b.symbol(networks::batch.name)] = static_cast<std::int8_t>(power);
        return b.add(n);
    }
    node_id pow(node_id a, double e) { return b.binary(op::pow, a, c(e)); }
    std::string plain(node_id n) { return text(b.view(), n, {.where = false}); }
    std::string unicode(node_id n) { return text(b.view(), n, {.unicode = true, .where = false}); }
    std::string tex(node_id n) { return latex(b.view(), n, {.where = false}); }
};

std::string of_output(const builder& b, std::size_t i) { return text(b.view(), b.outputs[i].node); }

}  // namespace

BOOST_AUTO_TEST_SUITE(formula)

BOOST_AUTO_TEST_CASE(a_leaf_is_written_by_its_full_name) {
    const builder b = networks::digits(false);
    BOOST_TEST(text(b.view(), find_leaf(b.view(), "fc1.weight")) == "fc1.weight");
    BOOST_TEST(latex(b.view(), find_leaf(b.view(), "fc1.weight")) == "W_{\\mathrm{fc1}}");
}

BOOST_AUTO_TEST_CASE(sums_need_brackets_only_after_a_minus_and_in_products) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.add(b.add(l.x, l.y), l.v)) == "x + y + v");
    BOOST_TEST(l.plain(b.add(l.x, b.add(l.y, l.v))) == "x + y + v");
    BOOST_TEST(l.plain(b.sub(b.sub(l.x, l.y), l.v)) == "x - y - v");
    BOOST_TEST(l.plain(b.sub(l.x, b.sub(l.y, l.v))) == "x - (y - v)");
    BOOST_TEST(l.plain(b.sub(l.x, b.add(l.y, l.v))) == "x - (y + v)");
    BOOST_TEST(l.plain(b.mul(b.add(l.x, l.y), l.v)) == "(x + y) * v");
    BOOST_TEST(l.plain(b.mul(l.x, b.mul(l.y, l.v))) == "x * y * v");
    BOOST_TEST(l.plain(b.add(l.x, b.mul(l.y, l.v))) == "x + y * v");
}

BOOST_AUTO_TEST_CASE(quotients_keep_their_order) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.div(b.div(l.x, l.y), l.v)) == "x / y / v");
    BOOST_TEST(l.plain(b.div(l.x, b.div(l.y, l.v))) == "x / (y / v)");
    BOOST_TEST(l.plain(b.div(l.x, b.mul(l.y, l.v))) == "x / (y * v)");
    BOOST_TEST(l.plain(b.mul(l.x, b.div(l.y, l.v))) == "x * (y / v)");
    BOOST_TEST(l.plain(b.div(b.mul(l.x, l.y), l.v)) == "x * y / v");
    BOOST_TEST(l.plain(b.div(l.c(1), l.x)) == "1 / x");
    BOOST_TEST(l.tex(b.div(b.add(l.x, l.y), l.v)) == "\\frac{x + y}{v}");
}

BOOST_AUTO_TEST_CASE(a_minus_joins_the_sum_and_is_never_doubled) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.neg(l.x)) == "-x");
    BOOST_TEST(l.plain(b.neg(b.neg(l.x))) == "x");
    BOOST_TEST(l.plain(b.neg(b.add(l.x, l.y))) == "-(x + y)");
    BOOST_TEST(l.plain(b.neg(b.mul(l.x, l.y))) == "-x * y");
    BOOST_TEST(l.plain(b.add(l.x, b.neg(l.y))) == "x - y");
    BOOST_TEST(l.plain(b.sub(l.x, b.neg(l.y))) == "x + y");
    BOOST_TEST(l.plain(b.add(b.neg(l.x), l.y)) == "y - x");
    BOOST_TEST(l.plain(b.mul(l.x, b.neg(l.y))) == "x * (-y)");
    BOOST_TEST(l.plain(b.mul(b.neg(l.x), l.y)) == "-x * y");
    BOOST_TEST(l.plain(l.pow(b.neg(l.x), 2)) == "(-x)^2");
    BOOST_TEST(l.plain(b.neg(l.pow(l.x, 2))) == "-x^2");
    BOOST_TEST(l.plain(b.add(l.x, b.mul(l.c(-0.1f), l.y))) == "x - 0.1 y");
    BOOST_TEST(l.plain(b.sub(l.x, b.mul(l.c(-2), l.y))) == "x + 2 y");
}

BOOST_AUTO_TEST_CASE(constants_stand_in_front_and_divisors_behind) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.mul(l.c(2), l.x)) == "2 x");
    BOOST_TEST(l.plain(b.mul(l.x, l.c(2))) == "2 x");
    BOOST_TEST(l.plain(b.mul(l.c(-1), l.x)) == "-x");
    BOOST_TEST(l.plain(b.mul(l.c(0.1f), l.x)) == "0.1 x");
    BOOST_TEST(l.plain(b.mul(l.c(2), b.add(l.x, l.y))) == "2 (x + y)");
    BOOST_TEST(l.plain(b.mul(l.c(2), b.mul(l.x, l.y))) == "2 x * y");
    BOOST_TEST(l.plain(b.mul(l.c(1, -1), l.x)) == "x / batch");
    BOOST_TEST(l.plain(b.mul(l.c(0.1, -1), l.x)) == "x / (10 batch)");
    BOOST_TEST(l.plain(b.mul(l.c(-2, -1), l.x)) == "-2 x / batch");
    BOOST_TEST(l.plain(b.mul(l.c(2, 1), l.x)) == "2 batch x");
    BOOST_TEST(l.plain(b.mul(l.c(1, -2), l.x)) == "x / batch^2");
    BOOST_TEST(l.plain(b.mul(l.c(1.0 / 3), l.x)) == "x / 3");
    BOOST_TEST(l.plain(b.mul(l.c(2.0 / 3), l.x)) == "2 x / 3");
    BOOST_TEST(l.plain(b.div(l.x, l.c(16))) == "x / 16");
    BOOST_TEST(l.plain(b.div(l.x, l.c(1, 1))) == "x / batch");
    BOOST_TEST(l.plain(b.mul(l.c(1, -1), b.add(l.x, l.y))) == "(x + y) / batch");
    BOOST_TEST(l.plain(b.add(l.c(1), l.x)) == "x + 1");
    BOOST_TEST(l.plain(b.sub(l.c(1), l.x)) == "1 - x");
    BOOST_TEST(l.plain(l.c(0.1, -1)) == "1 / (10 batch)");
    BOOST_TEST(l.plain(l.c(100000)) == "100000");
    BOOST_TEST(l.plain(l.c(-0.5)) == "-0.5");
    BOOST_TEST(l.tex(b.mul(l.c(0.1, -1), l.x)) == "\\frac{x}{10 \\, \\mathrm{batch}}");
    BOOST_TEST(l.tex(b.mul(l.c(2), l.x)) == "2 \\, x");
    BOOST_TEST(l.unicode(b.mul(l.c(1, -1), l.x)) == "x / N");
}

BOOST_AUTO_TEST_CASE(numbers_are_printed_in_the_fewest_digits) {
    BOOST_TEST(drawing::shortest(0.1f) == "0.1");
    BOOST_TEST(drawing::shortest(0.1) == "0.1");
    BOOST_TEST(drawing::shortest(0.30000000000000004) == "0.30000000000000004");
    BOOST_TEST(drawing::shortest(1e-5f) == "1e-05");
    BOOST_TEST(drawing::shortest(-3) == "-3");
    BOOST_TEST(drawing::shortest(16777216.0) == "16777216");
    BOOST_TEST(drawing::rounded(1.0 / 3) == "0.333333");
}

BOOST_AUTO_TEST_CASE(the_two_products_never_mix_without_brackets) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.matmul(l.x, l.W)) == "x W");
    BOOST_TEST(l.plain(b.matmul(b.matmul(l.x, l.W), l.V)) == "x W V");
    BOOST_TEST(l.plain(b.matmul(l.x, b.matmul(l.W, l.V))) == "x (W V)");
    BOOST_TEST(l.plain(b.mul(b.matmul(l.x, l.W), l.y)) == "(x W) * y");
    BOOST_TEST(l.plain(b.matmul(b.mul(l.x, l.y), l.W)) == "(x * y) W");
    BOOST_TEST(l.plain(b.matmul(b.add(l.x, l.y), l.W)) == "(x + y) W");
    BOOST_TEST(l.plain(b.matmul(b.mul(l.c(2), l.x), l.W)) == "2 x W");
    BOOST_TEST(l.plain(b.matmul(b.mul(l.c(1, -1), l.x), l.W)) == "(x / batch) W");
    BOOST_TEST(l.plain(b.mul(l.c(1, -1), b.matmul(l.x, l.W))) == "x W / batch");
    BOOST_TEST(l.plain(b.matmul(l.x, b.neg(l.W))) == "x (-W)");
    BOOST_TEST(l.unicode(b.mul(l.x, l.y)) == "x ⊙ y");
    BOOST_TEST(l.tex(b.mul(l.x, l.y)) == "x \\odot y");
    BOOST_TEST(l.tex(b.matmul(l.x, b.transpose(l.W))) == "x \\, W^{\\top}");
}

BOOST_AUTO_TEST_CASE(powers_have_their_own_signs) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(l.pow(l.x, 2)) == "x^2");
    BOOST_TEST(l.plain(b.mul(l.x, l.x)) == "x^2");
    BOOST_TEST(l.plain(l.pow(b.add(l.x, l.y), 3)) == "(x + y)^3");
    BOOST_TEST(l.plain(l.pow(l.pow(l.x, 2), 3)) == "(x^2)^3");
    BOOST_TEST(l.plain(l.pow(l.x, 0.5)) == "sqrt(x)");
    BOOST_TEST(l.plain(l.pow(l.x, -1)) == "1 / x");
    BOOST_TEST(l.plain(l.pow(l.x, -0.5)) == "1 / sqrt(x)");
    BOOST_TEST(l.plain(l.pow(l.x, -2)) == "1 / x^2");
    BOOST_TEST(l.plain(l.pow(l.x, 1.5)) == "x^1.5");
    BOOST_TEST(l.plain(b.binary(op::pow, l.x, l.y)) == "x^y");
    BOOST_TEST(l.plain(b.binary(op::pow, l.x, b.add(l.y, l.v))) == "x^(y + v)");
    BOOST_TEST(l.unicode(l.pow(l.x, 2)) == "x²");
    BOOST_TEST(l.tex(l.pow(b.add(l.x, l.y), 2)) == "\\left(x + y\\right)^{2}");
    BOOST_TEST(l.tex(l.pow(l.x, 0.5)) == "\\sqrt{x}");
}

BOOST_AUTO_TEST_CASE(functions_comparisons_and_where) {
    letters l;
    builder& b = l.b;
    const node_id positive = b.binary(op::greater, b.add(l.x, l.y), l.c(0));
    BOOST_TEST(l.plain(b.unary(op::tanh, b.add(l.x, l.y))) == "tanh(x + y)");
    BOOST_TEST(l.plain(positive) == "x + y > 0");
    BOOST_TEST(l.plain(b.mul(l.x, positive)) == "x * (x + y > 0)");
    BOOST_TEST(l.plain(b.binary(op::less_equal, l.x, l.y)) == "x <= y");
    BOOST_TEST(l.unicode(b.binary(op::less_equal, l.x, l.y)) == "x ≤ y");
    BOOST_TEST(l.tex(b.binary(op::not_equal, l.x, l.y)) == "x \\ne y");
    BOOST_TEST(l.plain(b.where(positive, l.x, l.y)) == "where(x + y > 0, x, y)");
    BOOST_TEST(l.plain(b.binary(op::maximum, l.x, l.y)) == "maximum(x, y)");
    BOOST_TEST(l.plain(b.unary(op::abs, l.x)) == "abs(x)");
    BOOST_TEST(l.unicode(b.unary(op::abs, l.x)) == "|x|");
    BOOST_TEST(l.tex(b.unary(op::sigmoid, l.x)) == "\\sigma\\left(x\\right)");
    BOOST_TEST(l.plain(b.cross_entropy(l.x, l.y)) == "cross_entropy(x, y)");
    BOOST_TEST(l.tex(b.unary(op::relu, l.x)) == "\\operatorname{relu}\\left(x\\right)");
}

BOOST_AUTO_TEST_CASE(views_say_their_shape) {
    letters l;
    builder& b = l.b;
    const node_id image = b.leaf(op::input, "image", {networks::batch, {8}, {8}});
    const int order[] = {2, 0, 1};
    BOOST_TEST(l.plain(b.transpose(l.W)) == "transpose(W)");
    BOOST_TEST(l.plain(b.transpose(b.transpose(l.W))) == "W");
    BOOST_TEST(l.unicode(b.transpose(b.add(l.W, l.V))) == "(W + V)ᵀ");
    BOOST_TEST(l.plain(b.transpose(image)) == "transpose(image)");
    BOOST_TEST(l.plain(b.permute(image, order)) == "permute(image, (2, 0, 1))");
    BOOST_TEST(l.plain(b.reshape(image, {networks::batch, {64}})) == "reshape(image, (batch, 64))");
    BOOST_TEST(l.plain(b.broadcast(l.v, {networks::batch, {4}})) == "broadcast(v, (batch, 4))");
}

BOOST_AUTO_TEST_CASE(reductions_name_their_dimensions_unless_all) {
    letters l;
    builder& b = l.b;
    BOOST_TEST(l.plain(b.reduce(op::sum, l.x, 3, false)) == "sum(x)");
    BOOST_TEST(l.plain(b.reduce(op::sum, l.x, 1, false)) == "sum(x, axis=0)");
    BOOST_TEST(l.plain(b.reduce(op::mean, l.x, 2, true)) == "mean(x, axis=1, keepdims)");
    const node_id image = b.leaf(op::input, "image", {networks::batch, {8}, {8}});
    BOOST_TEST(l.plain(b.reduce(op::max, image, 6, false)) == "max(image, axis=(1, 2))");
    BOOST_TEST(l.plain(b.reduce(op::argmax, l.x, 2, false)) == "argmax(x, axis=1)");
    BOOST_TEST(l.unicode(b.reduce(op::sum, l.x, 1, false)) == "Σₙ x");
    BOOST_TEST(l.unicode(b.reduce(op::sum, b.add(l.x, l.y), 3, false)) == "Σ(x + y)");
    BOOST_TEST(l.tex(b.reduce(op::sum, l.x, 1, false)) == "\\sum_{\\mathrm{batch}} x");
    BOOST_TEST(l.plain(b.along(op::softmax, l.x)) == "softmax(x)");
    BOOST_TEST(l.plain(b.along(op::softmax, l.x, 0)) == "softmax(x, axis=0)");
}

BOOST_AUTO_TEST_CASE(the_gradient_of_softmax_regression_reads_as_in_a_book) {
    const builder b = networks::softmax_regression();
    BOOST_TEST(of_output(b, 0) == "mean(cross_entropy(x transpose(W) + b, y))");
    BOOST_TEST(of_output(b, 1) == "transpose(softmax(z) - y) x / batch\nwhere z = x transpose(W) + b");
    BOOST_TEST(text(b.view(), b.outputs[1].node, {.unicode = true}) == "(softmax(z) − y)ᵀ x / N\nwhere z = x Wᵀ + b");
    BOOST_TEST(latex(b.view(), b.outputs[1].node) ==
               "\\begin{aligned}\n& \\frac{\\left(\\operatorname{softmax}\\left(z\\right) - y\\right)^{\\top} \\, "
               "x}{\\mathrm{batch}} \\\\\n& \\text{where } z = x \\, W^{\\top} + b\n\\end{aligned}");
    BOOST_TEST(text(b.view(), b.outputs[1].node, {.where = false}) ==
               "transpose(softmax(x transpose(W) + b) - y) x / batch");
}

BOOST_AUTO_TEST_CASE(what_is_used_twice_has_a_name_and_a_line) {
    const builder b = networks::digits();
    BOOST_TEST(of_output(b, 3) ==
               "transpose((softmax(z) - one_hot(y)) / batch) a\n"
               "where z = a transpose(fc2.weight) + fc2.bias\n"
               "      a = relu(x transpose(fc1.weight) + fc1.bias)");
    const builder s = networks::second_order();
    BOOST_TEST(of_output(s, 0) == "sum(dw^2)\nwhere dw = 3 w^2");
}

BOOST_AUTO_TEST_CASE(a_formula_of_many_levels_stays_short) {
    const builder b = networks::residual(40);
    std::size_t longest = 0;
    std::size_t lines = 0;
    const std::string all = of_output(b, b.outputs.size() - 2);
    for (std::size_t from = 0; from < all.size();) {
        std::size_t to = all.find('\n', from);
        if (to == std::string::npos) to = all.size();
        longest = std::max(longest, to - from);
        from = to + 1;
        ++lines;
    }
    BOOST_TEST(longest <= 100u);
    BOOST_TEST(lines > 40u);
    // Without names, forty doublings would take terabytes.
    BOOST_TEST(text(b.view(), b.outputs[0].node, {.where = false}).size() < 40000u);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_is_not_given_again) {
    builder b;
    const node_id z = b.leaf(op::input, "z", {networks::batch, {4}});
    const node_id W = b.leaf(op::parameter, "W", {{4}, {4}});
    const node_id bias = b.leaf(op::parameter, "b", {{4}});
    const node_id sum = b.add(b.matmul(z, W), bias);
    const node_id out = b.mul(b.unary(op::tanh, sum), sum);
    BOOST_TEST(text(b.view(), out) == "tanh(z1) * z1\nwhere z1 = z W + b");
}

BOOST_AUTO_TEST_CASE(the_listing_has_a_line_for_each_node) {
    const builder b = networks::softmax_regression();
    BOOST_TEST(listing(b.view()) ==
               "%0 = input x : (batch, 64)\n"
               "%1 = input y : (batch, 10)\n"
               "%2 = parameter W : (10, 64)\n"
               "%3 = parameter b : (10,)\n"
               "%4 = permute(%2, order=(1, 0)) : (64, 10)\n"
               "%5 = matmul(%0, %4) : (batch, 10)\n"
               "%6 = add(%5, %3) : (batch, 10)\n"
               "%7 = cross_entropy(%6, %1) : (batch,)\n"
               "%8 = mean(%7, axis=0) : ()\n"
               "%9 = softmax(%6, axis=1) : (batch, 10)\n"
               "%10 = sub(%9, %1) : (batch, 10)\n"
               "%11 = permute(%10, order=(1, 0)) : (10, batch)\n"
               "%12 = matmul(%11, %0) : (10, 64)\n"
               "%13 = constant 1 / batch : ()\n"
               "%14 = mul(%13, %12) : (10, 64)  # gradient of %2\n"
               "output %8\n"
               "output %14\n");
}

BOOST_AUTO_TEST_SUITE_END()
