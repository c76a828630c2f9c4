// SPDX-License-Identifier: BSL-1.0
// Elementwise operations, views and outputs in programs of float and double, against the interpreter: at odd sizes,
// with broadcasting, with permuted and reshaped operands, and with several sizes of the batch in one program.
#include "compare.hpp"
#include "graphs.hpp"

namespace {
using namespace gradus;
using namespace gradus::testing;

template <op... O> struct unary_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(17)});
        const node_id p = b.positive(x);
        (b.out(b.unary(O, O == op::log || O == op::sqrt ? p : x)), ...);
        return b;
    }
};
template <int N, op... O> struct binary_graph {  // equal shapes, a row, a column, scalars
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(N)});
        const node_id y = b.in("y", {batch, size(N)});
        const node_id row = b.in("row", {size(N)});
        const node_id column = b.in("column", {batch, size(1)});
        const node_id number = b.in("number", {});
        const auto all = [&](op o) {
            const bool power = o == op::pow;
            const auto p = [&](node_id i) { return power ? b.positive(i) : i; };
            b.out(b.binary(o, p(x), y));
            b.out(b.binary(o, p(x), row));
            b.out(b.binary(o, p(row), column));
            b.out(b.binary(o, p(number), y));
            b.out(b.binary(o, p(column), b.constant(0.75)));
        };
        (all(O), ...);
        return b;
    }
};
template <int N> struct narrow_graph {  // rows that fill a part of a vector
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3), size(N)});
        const node_id row = b.in("row", {size(N)});
        b.out(b.unary(op::tanh, b.add(x, row)));
        b.out(b.mul(b.add(x, b.in("number", {})), b.constant(2)));
        b.out(b.add(x, b.in("rows", {size(3), size(N)})));
        b.out(b.sub(row, b.in("column", {batch, size(3), size(1)})));
        b.out(b.sub(x, b.one_hot(b.in("classes", {}), size(N))));
        b.out(b.broadcast(row, {batch, size(5), size(N)}));
        return b;
    }
};
struct where_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(7)});
        const node_id row = b.in("row", {size(7)});
        const node_id column = b.in("column", {batch, size(1)});
        b.out(b.where(b.binary(op::less, x, row), column, x));
        b.out(b.where(b.binary(op::greater_equal, row, column), b.constant(2), b.constant(-1)));
        return b;
    }
};
struct power_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.positive(b.in("x", {batch, size(5)}));
        for (double p : {1.0, 2.0, 3.0, 4.0, -1.0, -2.0, 0.5, -0.5, 2.5, 0.0})
            b.out(b.binary(op::pow, x, b.constant(p)));
        b.out(b.binary(op::pow, x, b.literal(1, 2)));
        return b;
    }
};
struct stretch_graph {  // ranks 0 to 6, dimensions of size 1 in the middle
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(2), size(1), size(3), size(1), size(5)});
        const node_id y = b.in("y", {size(4), size(1), size(2), size(5)});
        const node_id z = b.in("z", {batch, size(1), size(4), size(1), size(2), size(1)});
        b.out(b.add(b.mul(x, y), z));
        b.out(b.broadcast(y, {size(2), size(3), size(4), size(6), size(2), size(5)}));
        b.out(b.broadcast(b.constant(3), {batch, size(2)}));
        b.out(b.unary(op::exp, b.broadcast(z, {batch, size(2), size(4), size(3), size(2), size(2)})));
        return b;
    }
};
struct view_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3), size(5)});
        const node_id square = b.in("square", {size(7), size(7)});
        b.out(b.order(x, {2, 0, 1}));
        b.out(b.order(b.unary(op::tanh, x), {0, 2, 1}));
        b.out(b.add(square, b.transpose(square)));
        b.out(b.add(b.unary(op::exp, square), b.transpose(b.unary(op::exp, square))));
        b.out(b.reshape(x, {batch, size(15)}));
        b.out(b.reshape(b.order(x, {0, 2, 1}), {batch, size(15)}));
        b.out(b.unary(op::neg, b.reshape(b.unary(op::exp, x), {size(5), batch, size(3)})));
        b.out(b.add(b.reshape(b.order(x, {1, 0, 2}), {batch, size(5), size(3)}), b.constant(1)));
        b.out(b.reshape(b.reshape(b.broadcast(b.reshape(square, {size(1), size(49)}), {size(2), size(49)}), {size(98)}),
                        {size(14), size(7)}));
        b.out(b.reshape(b.constant(4), {size(1), size(1)}));
        return b;
    }
};
struct output_graph {  // leaves, constants, one node twice, a view of a leaf
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3)});
        const node_id w = b.par("w", {size(3)});
        const node_id y = b.add(x, w);
        for (node_id i : {x, w, y, y, b.constant(7), b.transpose(x), b.reshape(w, {size(1), size(3)}),
                          b.elements({batch, size(3)}, 3, -1), b.literal(1, 0.5), b.reshape(y, {size(3), batch})})
            b.out(i);
        return b;
    }
};
struct chain_graph {  // longer than one loop takes
    static constexpr builder build() {
        make b;
        node_id x = b.in("x", {batch, size(19)});
        const node_id w = b.par("w", {size(19)});
        for (int i = 0; i < 70; ++i)
            x = i % 3 == 0 ? b.add(x, w) : i % 3 == 1 ? b.mul(x, b.constant(0.5)) : b.unary(op::tanh, x);
        b.out(x);
        return b;
    }
};
struct residual_graph {  // values with several users, scalars that are computed
    static constexpr builder build() {
        make b;
        node_id x = b.in("x", {batch, size(9)});
        for (int i = 0; i < 6; ++i) {
            const char* const names[] = {"w0", "w1", "w2", "w3", "w4", "w5"};
            x = b.add(b.unary(op::relu, b.matmul(x, b.par(names[i], {size(9), size(9)}))), x);
            x = b.div(x, b.add(b.reduce(op::max, b.unary(op::abs, x), 2, true), b.constant(0.5)));
        }
        const node_id s = b.reduce(op::mean, x, 3, false);
        b.out(b.mul(x, b.unary(op::sigmoid, b.mul(s, b.unary(op::exp, b.constant(0.5))))));
        b.out(s);
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(kernels)

BOOST_AUTO_TEST_CASE(an_operation_of_one_operand_is_right_at_every_length) {
    agree<unary_graph<op::neg, op::exp, op::log, op::sqrt, op::tanh, op::sigmoid, op::relu, op::abs, op::sign>>(
        {{1}, {3}, {16}, {7}});
}
BOOST_AUTO_TEST_CASE(an_operation_of_two_operands_stretches_rows_columns_and_numbers) {
    agree<binary_graph<7, op::add, op::sub, op::mul, op::div, op::pow, op::maximum, op::minimum>>({{1}, {3}, {17}},
                                                                                                  2e-3);
}
BOOST_AUTO_TEST_CASE(a_comparison_gives_zero_or_one) {
    agree<binary_graph<17, op::less, op::less_equal, op::greater, op::greater_equal, op::equal, op::not_equal,
                       op::binary_cross_entropy_with_logits>>({{1}, {3}, {17}});
}
BOOST_AUTO_TEST_CASE(narrow_rows_fill_whole_vectors) {
    agree<narrow_graph<4>>({{1}, {3}, {17}});
    agree<narrow_graph<8>>({{1}, {3}, {17}});
}
BOOST_AUTO_TEST_CASE(where_chooses_element_by_element) { agree<where_graph>({{1}, {3}, {17}}); }
BOOST_AUTO_TEST_CASE(powers_by_small_numbers_are_products_and_right) { agree<power_graph>({{1}, {7}}); }
BOOST_AUTO_TEST_CASE(six_dimensions_stretch) { agree<stretch_graph>({{1}, {3}}); }
BOOST_AUTO_TEST_CASE(views_of_anything_are_right) { agree<view_graph>({{1}, {3}, {4}}); }
BOOST_AUTO_TEST_CASE(an_output_can_be_a_leaf_a_constant_a_view_or_another_output) { agree<output_graph>({{1}, {5}}); }
BOOST_AUTO_TEST_CASE(a_long_chain_is_cut_into_loops) { agree<chain_graph>({{1}, {5}}); }
BOOST_AUTO_TEST_CASE(shared_values_are_computed_once_and_right) { agree<residual_graph>({{1}, {5}}); }

BOOST_AUTO_TEST_SUITE_END()
