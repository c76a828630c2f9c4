// SPDX-License-Identifier: BSL-1.0
// The short types of chains.
#include <gradus/typed.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

BOOST_AUTO_TEST_SUITE(layer_network)

BOOST_AUTO_TEST_CASE(what_is_inside_makes_the_type) {
    constexpr auto a = linear<"a", 4, 4>;
    constexpr auto b = linear<"b", 4, 4>;
    static_assert(std::is_same_v<decltype(a >> b), decltype(sequential(a, b))>);
    static_assert(!std::is_same_v<decltype(a >> b), decltype(b >> a)>);
    static_assert(!std::is_same_v<decltype(residual(a)), decltype(named<"a">(a))>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
