// SPDX-License-Identifier: BSL-1.0
// What the plan stores and fuses, known while compiling.
#include <gradus/graph/builder.hpp>
#include <gradus/program/plan.hpp>
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
constexpr axis batch{symbolic, name_of<"batch">()};

struct layer {  // relu(x w^T + b) and where it is positive
    static constexpr builder build() {
        builder b;
        const node_id x = b.leaf(op::input, "x", {batch, {4, nullptr}});
        const node_id w = b.leaf(op::parameter, "w", {{3, nullptr}, {4, nullptr}});
        const node_id bias = b.leaf(op::parameter, "b", {{3, nullptr}});
        const node_id z = b.add(b.matmul(x, b.transpose(w)), bias);
        const node_id h = b.unary(op::relu, z);
        b.outputs = {{b.reduce(op::sum, b.mul(h, b.binary(op::greater, z, b.constant(0))), 3, false)}};
        return b;
    }
};
struct source {
    static constexpr auto graph = freeze<layer>();
};
constexpr auto& plan = planned::of<source>::value;
// The product, and the sum of all the rest on the way: no step for transpose, bias, relu, comparison.
static_assert(plan.steps.size() == 2);
static_assert(plan.steps[0].what == planned::kernel::product && plan.steps[0].b_k.is(1));
static_assert(plan.steps[1].what == planned::kernel::reduce && plan.steps[1].loops == 2);
}  // namespace

BOOST_AUTO_TEST_SUITE(plan_of_a_graph)

BOOST_AUTO_TEST_CASE(an_extent_is_a_number_times_symbols) {
    constexpr planned::extent rows{1, 1};
    constexpr planned::extent both = rows * planned::extent{12, 0} * planned::extent{2, 256};
    constexpr std::int64_t sizes[max_symbols]{5, 3, 1, 1};
    static_assert(!both.known() && both.at(sizes) == 360);
    BOOST_TEST(both.at(sizes) == 360);
    BOOST_TEST((rows * planned::nothing).is(0));
}

BOOST_AUTO_TEST_SUITE_END()
