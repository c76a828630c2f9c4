// SPDX-License-Identifier: BSL-1.0
// Which values are stored, and which are computed on the way.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

template <op O> struct shared {  // a value with two users
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(8)});
        const node_id v = b.unary(O, x);
        b.out(b.reduce(op::sum, v, 2, false));
        b.out(b.reduce(op::max, v, 2, false));
        return b;
    }
};
struct chain {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(8)});
        b.out(b.unary(op::tanh, b.mul(b.add(x, b.in("row", {size(8)})), b.constant(3))));
        return b;
    }
};
struct stretched {
    static constexpr builder build() {
        make b;
        const node_id row = b.unary(op::exp, b.in("row", {size(8)}));
        b.out(b.add(b.in("x", {batch, size(8)}), row));
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(fusion)

BOOST_AUTO_TEST_CASE(a_chain_is_one_loop) { BOOST_TEST(plan_of<chain>.steps.size() == 1u); }
BOOST_AUTO_TEST_CASE(a_cheap_value_is_computed_by_each_user) {
    BOOST_TEST(plan_of<shared<op::neg>>.steps.size() == 2u);
}
BOOST_AUTO_TEST_CASE(a_dear_value_is_computed_once) { BOOST_TEST(plan_of<shared<op::exp>>.steps.size() == 3u); }
BOOST_AUTO_TEST_CASE(a_dear_value_is_not_computed_again_for_each_row) {
    BOOST_TEST(plan_of<stretched>.steps.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
