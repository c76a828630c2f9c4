// SPDX-License-Identifier: BSL-1.0
// What stands inside the loops of a step.
#include "graphs.hpp"
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;
using planned::kernel;

struct twice {
    static constexpr builder build() {
        make b;
        const node_id x = b.in("x", {batch, size(8)});
        b.out(b.add(b.mul(x, x), b.mul(b.in("column", {batch, size(1)}), b.in("row", {size(8)}))));
        return b;
    }
};
using does = planned::instruction::does;
constexpr auto& plan = plan_of<twice>;
constexpr const planned::instruction* load(const char* name) {
    for (const planned::instruction& i : plan.instructions)
        if (i.what == does::load && std::string_view(made_graph<twice>::graph[i.node].name) == name) return &i;
    return nullptr;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(instructions)

BOOST_AUTO_TEST_CASE(an_operand_that_is_used_twice_is_loaded_once) {
    int loads = 0;
    for (const planned::instruction& i : plan.instructions) loads += i.what == does::load;
    BOOST_TEST(loads == 3);
}
BOOST_AUTO_TEST_CASE(stretching_is_a_stride_of_zero) {
    static_assert(load("row")->stride[0].is(0) && load("row")->stride[1].is(1));
    static_assert(load("column")->stride[0].is(1) && load("column")->stride[1].is(0));
    BOOST_TEST(load("x")->stride[0].is(8));
}
BOOST_AUTO_TEST_CASE(the_value_comes_last) { BOOST_TEST((plan.instructions.back().operation == op::add)); }

BOOST_AUTO_TEST_SUITE_END()
