// SPDX-License-Identifier: BSL-1.0
// Sentences about what is no expression; that the compilers print them is tested in tests/refuse (misuse_*).
#include "value.hpp"
#include <boost/test/unit_test.hpp>
#include <gradus/expr/misuse.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
#include <optional>

using namespace gradus;

namespace {
constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
using X = decltype(x);

template <class A, class B> concept Addable = requires(A a, B b) {
    { a + b } -> Expression;
};
template <class T> constexpr detail::stranger stranger_of(const T&) { return detail::stranger_of<T>(); }
}  // namespace

BOOST_AUTO_TEST_SUITE(misuse)

BOOST_AUTO_TEST_CASE(what_stands_in_place_of_an_expression_is_told_apart) {
    using detail::stranger;
    static_assert(stranger_of(fc) == stranger::layer && stranger_of(relu) == stranger::layer);
    static_assert(stranger_of(fc >> relu) == stranger::layer);
    static_assert(stranger_of("a") == stranger::text && stranger_of(nullptr) == stranger::null);
    static_assert(stranger_of(dim<"batch">) == stranger::dimension);
    static_assert(stranger_of(true) == stranger::truth && stranger_of(1.5) == stranger::number);
    static_assert(stranger_of(x) == stranger::expression);
    static_assert(stranger_of(std::optional<int>{}) == stranger::other);
    BOOST_TEST((stranger_of(std::vector<float>{}) == stranger::container));
    BOOST_TEST((stranger_of(std::string("a")) == stranger::text));
}
BOOST_AUTO_TEST_CASE(a_layer_and_a_dimension_are_called_by_name) {
    static_assert(detail::stranger_name<std::remove_cvref_t<decltype(fc)>>() == "fc1");
    static_assert(detail::stranger_name<std::remove_cvref_t<decltype(relu)>>() == "relu");
    static_assert(detail::stranger_name<std::remove_cvref_t<decltype(dim<"batch">)>>() == "batch");
    BOOST_TEST((detail::strange_right<op::add, shape_of<X>, decltype(fc)>.view()) ==
               "add cannot combine (batch, 64) and the layer fc1; a layer is called with an expression: write fc1(x)");
}
BOOST_AUTO_TEST_CASE(an_input_is_written_as_a_student_writes_it) {
    sentence s;
    detail::write_input(s, {axis_of<dimension<"batch">>, axis_of<dimension<"classes", 10>>, {3}});
    BOOST_TEST(s.view() == "input<\"data\", batch, dim<\"classes\", 10>, 3>");
}
BOOST_AUTO_TEST_CASE(a_comparison_of_a_comparison_is_refused_unless_it_stands_on_the_right) {
    static_assert(detail::is_chained<detail::parts_of<std::remove_cvref_t<decltype(0 < x)>>::id, int>);
    static_assert(!detail::is_chained<detail::parts_of<std::remove_cvref_t<X>>::id, int>);
    static_assert(Expression<decltype(0 < (x < 1))> && Expression<decltype((x < 1) == 1)>);
    BOOST_TEST((Expression<decltype((x < 1) < (x > 0))>));
}
BOOST_AUTO_TEST_CASE(what_is_refused_is_not_there) {
    static_assert(Addable<X, X> && Addable<X, int> && Addable<float, X>);
    static_assert(!Addable<X, const char*> && !Addable<std::nullptr_t, X> && !Addable<X, std::vector<float>>);
    BOOST_TEST((!Addable<X, decltype(fc)> && !Addable<X, invalid>));
}

BOOST_AUTO_TEST_SUITE_END()
