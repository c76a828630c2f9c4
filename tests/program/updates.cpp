// SPDX-License-Identifier: BSL-1.0
// Which updates a matrix product does itself.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

template <bool Shown> struct descent {
    static constexpr builder build() {
        make b;
        const node_id w = b.par("w", {size(3), size(2)});
        const node_id g = b.matmul(b.transpose(b.in("x", {batch, size(3)})), b.in("y", {batch, size(2)}));
        if (Shown) b.out(g);
        b.out(b.sub(w, b.mul(b.constant(0.1), g)), w);
        return b;
    }
};
struct own_factor {
    static constexpr builder build() {
        make b;
        const node_id w = b.par("w", {size(3), size(3)});
        b.out(b.sub(w, b.matmul(w, w)), w);
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(updates)

BOOST_AUTO_TEST_CASE(a_product_adds_itself_to_its_parameter) {
    constexpr auto& plan = plan_of<descent<false>>;
    BOOST_TEST(plan.steps.size() == 1u);
    BOOST_TEST(plan.steps[0].accumulate);
    BOOST_TEST((plan.buffers[static_cast<std::size_t>(plan.steps[0].out)].where == planned::place::parameter));
}
BOOST_AUTO_TEST_CASE(a_product_that_is_shown_too_is_stored) {
    constexpr auto& plan = plan_of<descent<true>>;
    BOOST_TEST(plan.steps.size() == 2u);
    BOOST_TEST(!plan.steps[0].accumulate);
}
BOOST_AUTO_TEST_CASE(a_product_of_the_parameter_itself_is_stored_first) {
    constexpr auto& plan = plan_of<own_factor>;
    BOOST_TEST(plan.steps.size() == 2u);
    BOOST_TEST(!plan.steps[0].accumulate);
}

BOOST_AUTO_TEST_SUITE_END()
