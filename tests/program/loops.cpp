// SPDX-License-Identifier: BSL-1.0
// The loop nests of steps.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

template <int Axes> struct reduced {
    static constexpr builder build() {
        make b;
        b.out(b.reduce(op::sum, b.in("x", {batch, size(1), size(4), size(8)}), Axes, false));
        return b;
    }
};
struct batched {
    static constexpr builder build() {
        make b;
        b.out(b.matmul(b.in("x", {batch, size(5), size(3)}), b.par("w", {size(3), size(2)})));
        return b;
    }
};
}  // namespace

BOOST_AUTO_TEST_SUITE(loops)

BOOST_AUTO_TEST_CASE(loops_that_run_as_one_are_merged_and_those_of_one_turn_dropped) {
    constexpr auto& s = plan_of<reduced<15>>.steps[0];
    BOOST_TEST((s.what == kernel::reduce));
    BOOST_TEST(s.loops == 1);
    BOOST_TEST((s.size[0] == planned::extent{32, 1}));
}
BOOST_AUTO_TEST_CASE(reduced_loops_stand_inside) {
    constexpr auto& s = plan_of<reduced<12>>.steps[0];
    BOOST_TEST(s.loops == 2);
    BOOST_TEST(s.marked == 2);
    BOOST_TEST(s.size[1].is(32));
}
BOOST_AUTO_TEST_CASE(a_kept_inner_loop_stays_innermost) {
    constexpr auto& s = plan_of<reduced<4>>.steps[0];
    BOOST_TEST(s.loops == 3);
    BOOST_TEST(s.marked == 2);
    BOOST_TEST(s.out_stride[2].is(1));
}
BOOST_AUTO_TEST_CASE(a_batch_that_meets_one_matrix_is_one_product) {
    constexpr auto& s = plan_of<batched>.steps[0];
    BOOST_TEST(s.loops == 0);
    BOOST_TEST((s.m == planned::extent{5, 1}));
}

BOOST_AUTO_TEST_SUITE_END()
