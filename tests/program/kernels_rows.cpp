// SPDX-License-Identifier: BSL-1.0
// Reductions, softmax, losses and matrix products in programs of float and double, against the interpreter: along any
// dimension, at odd sizes, of permuted operands, and with several sizes of the batch in one program.
#include "compare.hpp"
#include "graphs.hpp"

namespace {
using namespace gradus;
using namespace gradus::testing;

template <op O> struct reduce_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3), size(17), size(2)});
        const node_id wide = b.in("wide", {size(5), size(133)});
        const node_id row = b.in("row", {size(17), size(1)});
        for (int mask = 0; mask < 16; ++mask) {
            b.out(b.reduce(O, x, mask, false));
            if (mask % 3 == 1) b.out(b.reduce(O, x, mask, true));
        }
        for (int mask = 1; mask < 4; ++mask) b.out(b.reduce(O, wide, mask, false));
        b.out(b.reduce(O, b.order(x, {2, 1, 3, 0}), 5, true));
        b.out(b.reduce(O, b.mul(b.sub(x, row), b.constant(2)), 6, false));
        b.out(b.reduce(O, b.transpose(wide), 1, false));
        b.out(b.reduce(O, b.in("one", {size(1), size(1)}), 3, false));
        return b;
    }
};
struct argmax_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3), size(17), size(2)});
        for (int k = 0; k < 4; ++k) b.out(b.reduce(op::argmax, x, 1 << k, k % 2 == 0));
        const node_id ties = b.binary(op::greater, x, b.constant(0));
        for (int k = 0; k < 4; ++k) b.out(b.reduce(op::argmax, ties, 1 << k, false));
        b.out(b.reduce(op::argmax, b.in("one", {size(4), size(1)}), 2, false));
        return b;
    }
};
template <op O, int N> struct softmax_graph {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(2), size(N)});
        for (int k = 0; k < 3; ++k) b.out(b.along(O, x, k));
        b.out(b.along(O, b.mul(x, b.constant(30)), 2));
        b.out(b.along(O, b.order(x, {2, 0, 1}), 2));
        b.out(b.mul(b.along(O, b.unary(op::tanh, x), 2), b.constant(2)));
        return b;
    }
};
template <int N> struct loss_graph {
    static constexpr builder build() {
        make b;
        const node_id z = b.in("z", {batch, size(N)});
        const node_id c = b.in("classes", {batch});
        const node_id p = b.along(op::softmax, b.in("p", {batch, size(N)}));
        b.out(b.cross_entropy(z, c));
        b.out(b.cross_entropy(z, p));
        b.out(b.cross_entropy(b.mul(z, b.constant(40)), c));
        b.out(b.one_hot(c, size(N)));
        b.out(b.sub(b.along(op::softmax, z), b.one_hot(c, size(N))));
        b.out(b.reduce(op::mean, b.cross_entropy(b.transpose(b.in("t", {size(N), batch})), c), 1, false));
        b.out(b.order(b.one_hot(c, size(N)), {1, 0}));
        b.out(b.cross_entropy(z, b.reduce(op::argmax, z, 2, false)));
        const node_id deep = b.in("deep", {batch, size(2), size(N)});
        b.out(b.cross_entropy(deep, b.in("classes2", {batch, size(2)})));
        b.out(b.one_hot(b.in("classes0", {}), size(N)));
        return b;
    }
};
template <int N, int K, int M> struct product_graph {
    static constexpr builder build() {
        make b;
        const node_id a = b.in("a", {size(N), size(K)});
        const node_id at = b.in("at", {size(K), size(N)});
        const node_id c = b.in("c", {size(K), size(M)});
        const node_id ct = b.in("ct", {size(M), size(K)});
        b.out(b.matmul(a, c));
        b.out(b.matmul(b.transpose(at), c));
        b.out(b.matmul(a, b.transpose(ct)));
        b.out(b.matmul(b.transpose(at), b.transpose(ct)));
        b.out(b.matmul(a, b.transpose(a)));
        b.out(b.unary(op::relu, b.add(b.matmul(a, c), b.in("bias", {size(M)}))));
        b.out(b.matmul(b.unary(op::tanh, a), b.mul(c, b.constant(2))));
        b.out(b.matmul(b.broadcast(b.in("row", {size(K)}), {size(N), size(K)}), c));
        return b;
    }
};
struct batched_graph {
    static constexpr builder build() {
        make b;
        const node_id a = b.in("a", {batch, size(3), size(5), size(7)});
        const node_id c = b.in("c", {size(3), size(7), size(2)});
        const node_id d = b.in("d", {batch, size(1), size(7), size(4)});
        const node_id w = b.in("w", {size(7), size(6)});
        const node_id heads = b.in("heads", {batch, turns, size(2), size(4)});
        b.out(b.matmul(a, c));
        b.out(b.matmul(a, d));
        b.out(b.matmul(a, w));
        b.out(b.matmul(b.transpose(w), b.transpose(a)));
        b.out(b.matmul(a, b.transpose(a)));
        b.out(b.matmul(b.order(a, {1, 0, 2, 3}), w));
        b.out(b.matmul(b.order(a, {3, 0, 2, 1}), b.transpose(b.in("e", {size(9), size(3)}))));
        // attention: softmax(q k^T) v over permuted heads
        const node_id q = b.order(heads, {0, 2, 1, 3});
        const node_id weights = b.along(op::softmax, b.mul(b.matmul(q, b.transpose(q)), b.constant(0.5)));
        b.out(b.reshape(b.order(b.matmul(weights, q), {0, 2, 1, 3}), {batch, turns, size(8)}));
        b.out(b.matmul(b.in("rows", {batch, size(1), size(7)}), w));
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(kernels_rows)

BOOST_AUTO_TEST_CASE(a_sum_is_right_over_any_dimensions) { agree<reduce_graph<op::sum>>({{1}, {5}, {16}}); }
BOOST_AUTO_TEST_CASE(a_mean_is_right_over_any_dimensions) { agree<reduce_graph<op::mean>>({{1}, {5}}); }
BOOST_AUTO_TEST_CASE(a_maximum_is_right_over_any_dimensions) { agree<reduce_graph<op::max>>({{1}, {5}}); }
BOOST_AUTO_TEST_CASE(argmax_takes_the_first_of_ties) { agree<argmax_graph>({{1}, {5}}); }
BOOST_AUTO_TEST_CASE(softmax_is_right_along_any_dimension) {
    agree<softmax_graph<op::softmax, 10>>({{1}, {5}, {33}});
    agree<softmax_graph<op::softmax, 37>>({{1}, {5}});
    agree<softmax_graph<op::softmax, 1>>({{1}, {5}});
}
BOOST_AUTO_TEST_CASE(log_softmax_is_right_along_any_dimension) {
    agree<softmax_graph<op::log_softmax, 10>>({{1}, {5}});
    agree<softmax_graph<op::log_softmax, 37>>({{1}, {5}});
}
BOOST_AUTO_TEST_CASE(cross_entropy_takes_classes_or_probabilities) {
    agree<loss_graph<10>>({{1}, {7}});
    agree<loss_graph<16>>({{3}});
    agree<loss_graph<37>>({{1}, {7}});
}
BOOST_AUTO_TEST_CASE(a_product_is_right_at_odd_sizes_and_transposed) {
    agree<product_graph<1, 1, 1>>({{}});
    agree<product_graph<7, 3, 17>>({{}});
    agree<product_graph<17, 1, 3>>({{}});
    agree<product_graph<1, 65, 33>>({{}});
    agree<product_graph<19, 300, 1>>({{}}, 1e-4);
    agree<product_graph<70, 290, 67>>({{}}, 1e-4);
}
BOOST_AUTO_TEST_CASE(a_batch_of_products_stretches_and_permutes) { agree<batched_graph>({{1, 1}, {4, 3}, {2, 9}}); }

BOOST_AUTO_TEST_SUITE_END()
