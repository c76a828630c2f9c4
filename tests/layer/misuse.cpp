// SPDX-License-Identifier: BSL-1.0
// What can be a layer and what cannot; tests/refuse has what the compilers say.
#include <gradus/typed.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

BOOST_AUTO_TEST_SUITE(layer_misuse)

BOOST_AUTO_TEST_CASE(functions_of_expressions_are_layers_by_their_names) {
    constexpr auto fc = linear<"fc", 4, 4>;
    static_assert(std::is_same_v<decltype(tanh >> fc), decltype(tanh_layer{} >> fc)>);
    static_assert(std::is_same_v<decltype(residual(softmax)), decltype(residual(softmax_layer{}))>);
    static_assert(std::is_same_v<decltype(named<"out">(tanh)), decltype(named<"out">(tanh_layer{}))>);
    BOOST_TEST(true);
}
BOOST_AUTO_TEST_CASE(the_first_that_is_no_layer_is_told) {
    static_assert(detail::no_layers_in<"sequential", relu_layer, int>.view().substr(0, 20) == "a number is no layer");
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
