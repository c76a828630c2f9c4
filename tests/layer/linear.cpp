// SPDX-License-Identifier: BSL-1.0
// The fully connected layer.
#include "../expr/value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto fc = linear<"fc", 3, 2>;
using list = std::vector<double>;
const std::map<std::string, list> values{
    {"x", {1, 2, 3, 4, 5, 6}}, {"fc.weight", {1, 0, -1, 2, 1, 0}}, {"fc.bias", {10, 20}}};

template <class L, class E>
constexpr std::string_view error =
    why<detail::layer_rule<typename std::remove_cvref_t<L>::definition, shape_of<E>>>.view();
}  // namespace

BOOST_AUTO_TEST_SUITE(linear_)

BOOST_AUTO_TEST_CASE(it_computes_x_times_the_transposed_weight_plus_bias) {
    BOOST_TEST(value_of(fc(x), values, {2}) == (list{8, 24, 8, 33}), tt::per_element());
    BOOST_TEST(value_of(linear<"fc", 3, 2, false>(x), values, {2}) == (list{-2, 4, -2, 13}), tt::per_element());
    const auto by_hand = matmul(x, transpose(parameter<"fc.weight", 2, 3>)) + parameter<"fc.bias", 2>;
    BOOST_TEST(value_of(by_hand, values, {2}) == value_of(fc(x), values, {2}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(only_the_last_dimension_changes) {
    static_assert(has_shape<batch, 2>(fc(x)) && has_shape<2>(fc(input<"v", 3>)));
    static_assert(has_shape<batch, 7, 1, 1, 4, 2>(fc(input<"v", batch, 7, 1, 1, 4, 3>)));
    static_assert(has_shape<batch, dim<"classes", 2>>(linear<"fc", dim<"in", 3>, dim<"classes", 2>>(x)));
}
BOOST_AUTO_TEST_CASE(its_parameters_have_the_shapes_of_a_state_dict) {
    constexpr auto g = graph_of(fc(x));
    constexpr node_id weight = find_leaf(g, "fc.weight");
    constexpr node_id bias = find_leaf(g, "fc.bias");
    static_assert(weight != no_node && g[weight].shape == dims{{2}, {3}});
    static_assert(bias != no_node && g[bias].shape == dims{{2}});
    static_assert(find_leaf(graph_of(linear<"fc", 3, 2, false>(x)), "fc.bias") == no_node);
    BOOST_TEST(g[weight].is(op::parameter));
}
BOOST_AUTO_TEST_CASE(a_wrong_width_is_told_with_what_to_write) {
    static_assert(error<decltype(fc), decltype(input<"a", batch, 4>)> ==
                  "3 features expected, 4 given: fc gets (batch, 4); write linear<\"fc\", 4, 2>");
    static_assert(error<decltype(fc), decltype(input<"a", 3, batch>)> ==
                  "3 features expected, batch given: fc gets (3, batch); write fc(transpose(x))");
    static_assert(error<decltype(fc), decltype(input<"a">)> ==
                  "3 features expected, a scalar given: fc gets (); write an input whose last dimension is 3");
    static_assert(error<decltype(linear<"fc", dim<"a", 3>, 2>), decltype(input<"x", batch, dim<"b", 3>>)>.starts_with(
        "a=3 features expected, b=3 given, the names differ: fc gets (batch, b=3); write linear<\"fc\", dim<\"b\", 3>, "
        "2>"));
}
BOOST_AUTO_TEST_CASE(without_a_bias_it_is_another_layer) {
    static_assert(!same_type(fc(x), linear<"fc", 3, 2, false>(x)) && same_type(fc(x), linear<"fc", 3, 2, true>(x)));
}

BOOST_AUTO_TEST_SUITE_END()
