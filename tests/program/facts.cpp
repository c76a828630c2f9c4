// SPDX-License-Identifier: BSL-1.0
// What a plan knows of each node.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

struct views {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(3), size(1), size(5)});
        b.out(b.order(x, {3, 0, 1, 2}));
        return b;
    }
};
constexpr auto graph = freeze<views>();
constexpr bool strides_follow_the_permutation() {
    const planned::detail::graph_facts f(graph);
    planned::strides s;
    const node_id from = f.reach(graph.outputs[0].node, s);
    return graph[from].is(op::input) && s[0].is(1) && s[1].is(15) && s[2].is(5) && s[3].is(0);
}
static_assert(strides_follow_the_permutation());
}  // namespace

BOOST_AUTO_TEST_SUITE(facts)

BOOST_AUTO_TEST_CASE(a_permutation_is_only_another_order_of_strides) { BOOST_TEST(strides_follow_the_permutation()); }
BOOST_AUTO_TEST_CASE(elements_are_counted_with_symbols_as_factors) {
    const planned::detail::graph_facts f(graph);
    BOOST_TEST((f.elements(graph[0].shape) == planned::extent{15, 1}));
}
BOOST_AUTO_TEST_CASE(dear_operations_cost_more) {
    BOOST_TEST(planned::detail::cost_of(op::exp) > planned::detail::cost_of(op::div));
    BOOST_TEST(planned::detail::cost_of(op::div) > planned::detail::cost_of(op::add));
}

BOOST_AUTO_TEST_SUITE_END()
