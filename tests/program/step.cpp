// SPDX-License-Identifier: BSL-1.0
// The words of a plan: extents multiply numbers and symbols.
#include <gradus/program/step.hpp>
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::planned;
}  // namespace

BOOST_AUTO_TEST_SUITE(step)

BOOST_AUTO_TEST_CASE(an_extent_multiplies_numbers_and_symbols) {
    constexpr extent rows{1, 1};
    constexpr extent both = rows * extent{12, 0} * extent{2, 256};
    constexpr std::int64_t sizes[max_symbols]{5, 7, 1, 1};
    static_assert(!both.known() && both.at(sizes) == 5 * 24 * 7);
    BOOST_TEST(both.at(sizes) == 5 * 24 * 7);
    BOOST_TEST((extent{3, 0} * extent{4, 0}).is(12));
}
BOOST_AUTO_TEST_CASE(nothing_times_a_symbol_is_nothing) {
    BOOST_TEST((extent{1, 1} * nothing).is(0));
    BOOST_TEST(nothing.known());
}
BOOST_AUTO_TEST_CASE(strides_are_equal_dimension_by_dimension) {
    strides a;
    strides b;
    BOOST_TEST((a == b));
    b[3] = extent{1, 1};
    BOOST_TEST(!(a == b));
}

BOOST_AUTO_TEST_SUITE_END()
