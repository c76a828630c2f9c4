// SPDX-License-Identifier: BSL-1.0
// The order of steps, and who writes over whom.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

struct swap {  // each parameter takes the value of the other
    static constexpr builder build() {
        make b;
        const node_id v = b.par("v", {size(4)});
        const node_id w = b.par("w", {size(4)});
        b.out(b.mul(w, b.constant(2)), v);
        b.out(b.mul(v, b.constant(3)), w);
        return b;
    }
};
struct late {  // an update written down before the last reader of its parameter
    static constexpr builder build() {
        make b;
        const node_id w = b.par("w", {size(8), size(8)});
        const node_id x = b.in("x", {batch, size(8)});
        b.out(b.mul(w, b.constant(0.5)), w);
        b.out(b.matmul(x, w));
        return b;
    }
};
struct in_place {
    static constexpr builder build() {
        make b;
        const node_id z = b.matmul(b.in("x", {batch, size(8)}), b.par("w", {size(8), size(8)}));
        b.out(b.unary(op::tanh, z));
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(lifetimes)

BOOST_AUTO_TEST_CASE(updates_that_read_each_other_go_one_detour) {
    constexpr auto& plan = plan_of<swap>;
    BOOST_TEST_REQUIRE(plan.detours.size() == 1u);
    BOOST_TEST(plan.steps.size() == 3u);
    BOOST_TEST(plan.steps.back().out == plan.detours[0].to);
}
BOOST_AUTO_TEST_CASE(an_update_waits_for_the_last_reader) {
    constexpr auto& plan = plan_of<late>;
    BOOST_TEST(plan.steps.size() == 2u);
    BOOST_TEST((plan.steps[0].what == kernel::product));
    BOOST_TEST((plan.steps[1].what == kernel::map));
}
BOOST_AUTO_TEST_CASE(a_map_writes_over_an_operand_that_dies) {
    constexpr auto& plan = plan_of<in_place>;
    BOOST_TEST(plan.steps.size() == 2u);
    BOOST_TEST(plan.steps[0].out == plan.steps[1].out);
    BOOST_TEST(plan.buffers[static_cast<std::size_t>(plan.steps[0].out)].last == 2);
}

BOOST_AUTO_TEST_SUITE_END()
