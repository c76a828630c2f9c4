// SPDX-License-Identifier: BSL-1.0
// Inputs, parameters and constants, of ranks 0 to 6.
#include "value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {
constexpr auto batch = dim<"batch">;
template <class E> constexpr const record& of(const E&) { return record_of<std::remove_cvref_t<E>>; }
}  // namespace

BOOST_AUTO_TEST_SUITE(leaf)

BOOST_AUTO_TEST_CASE(a_leaf_has_a_kind_a_name_and_a_shape) {
    constexpr auto x = input<"x", batch, 64>;
    static_assert(of(x).operation == op::input && of(x).arity == 0);
    static_assert(std::string_view(of(x).name) == "x");
    static_assert(of(x).shape == dims{axis_of<dimension<"batch">>, {64}});
    static_assert(of(parameter<"fc1.weight", 10, 64>).operation == op::parameter);
    static_assert(std::string_view(of(parameter<"fc1.weight", 10, 64>).name) == "fc1.weight");
    BOOST_TEST(of(x).name == std::string("x"));
}
BOOST_AUTO_TEST_CASE(leaves_have_ranks_from_0_to_6) {
    static_assert(has_shape<>(input<"a">) && of(input<"a">).shape.rank == 0);
    static_assert(has_shape<1, 2, 3, 4, 5, 6>(parameter<"a", 1, 2, 3, 4, 5, 6>));
    static_assert(has_shape<batch, batch, 3>(input<"a", batch, batch, 3>));
    static_assert(has_shape<batch, dim<"classes", 10>>(input<"a", batch, dim<"classes", 10>>));
}
BOOST_AUTO_TEST_CASE(equal_leaves_are_one_type) {
    static_assert(same_type(input<"x", batch, 64>, input<"x", dim<"batch">, 64u>));
    static_assert(same_type(constant<1>, constant<1.0>) && !same_type(constant<1>, constant<2>));
    static_assert(!same_type(input<"x", 4>, parameter<"x", 4>));
}
BOOST_AUTO_TEST_CASE(a_constant_is_a_scalar_of_a_known_value) {
    static_assert(has_shape<>(constant<0.5>) && of(constant<0.5>).attrs.value == 0.5);
    static_assert(of(constant<0.5>).numbers == 0 && of(constant<0.5>).attrs.literal == 0);
    BOOST_TEST(value_of(constant<0.5> * input<"x", 2>, {{"x", {2, 4}}}) == (std::vector<double>{1, 2}),
               boost::test_tools::per_element());
}
BOOST_AUTO_TEST_CASE(arithmetic_types_are_plain_numbers) {
    static_assert(Scalar<int> && Scalar<float> && Scalar<double> && Scalar<std::size_t>);
    static_assert(!Scalar<std::string> && !Scalar<const char*> && !Scalar<decltype(input<"x">)>);
    static_assert(of(2 * input<"x">).numbers == 1);
    BOOST_TEST((2 * input<"x">).values[0] == 2);
}

BOOST_AUTO_TEST_SUITE_END()
