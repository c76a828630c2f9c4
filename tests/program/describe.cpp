// SPDX-License-Identifier: BSL-1.0
// A plan in words, line by line.
#include "compare.hpp"
#include "graphs.hpp"

namespace {
using namespace gradus;
using namespace gradus::testing;

struct small {
    static constexpr builder build() {
        make b;
        const node_id w = b.par("w", {size(3), size(2)});
        const node_id z = b.matmul(b.in("x", {batch, size(3)}), w);
        b.out(b.unary(op::relu, b.add(z, b.par("b", {size(2)}))));
        b.out(b.mul(w, b.constant(0.5)), w);
        return b;
    }
};
using plan = planned::of<source<small>>;
}  // namespace

BOOST_AUTO_TEST_SUITE(describe)

BOOST_AUTO_TEST_CASE(each_step_is_one_line_with_what_it_reads_and_fills) {
    BOOST_TEST(planned::describe(source<small>::graph, plan::value) ==
               "0  product  (batch, 2)  matmul  of x, w  into #3\n"
               "1  map  (batch, 2)  add, relu  of #3, b  into #3\n"
               "2  map  (3, 2)  mul  of w  into w (update)\n");
}
BOOST_AUTO_TEST_CASE(a_buffer_is_called_as_its_leaf_or_by_its_number) {
    BOOST_TEST(planned::place_name(source<small>::graph, plan::value, 0) == "w");
    BOOST_TEST(planned::place_name(source<small>::graph, plan::value, 3) == "#3");
}

BOOST_AUTO_TEST_SUITE_END()
