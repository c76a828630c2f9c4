// SPDX-License-Identifier: BSL-1.0
// From a shape rule to a check while compiling: the clash, the sentence, and a deleted overload.
#include "value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

using a32x128 = shape_of_arguments<32, 128>;
using a100x10 = shape_of_arguments<100, 10>;
using a128x10 = shape_of_arguments<128, 10>;
using good = detail::matmul_rule<a32x128, a128x10>;
using bad = detail::matmul_rule<a32x128, a100x10>;
using bad_names =
    detail::elementwise_rule<op::add, shape_of_arguments<dim<"hidden", 10>>, shape_of_arguments<dim<"classes", 10>>>;

template <class Rule> concept Misfit = requires { misfit<Rule>; };

template <class A, class B> concept Addable = requires(A a, B b) {
    { a + b } -> Expression;
};
template <class A, class B> concept Multipliable = requires(A a, B b) {
    { matmul(a, b) } -> Expression;
};
template <class A> concept Transposable = requires(A a) {
    { transpose(a) } -> Expression;
};

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto b = parameter<"b", 10>;
using X = decltype(x);
using Weight = decltype(W);
using Bias = decltype(b);

}  // namespace

BOOST_AUTO_TEST_SUITE(checked)

BOOST_AUTO_TEST_CASE(a_rule_that_fits_has_no_clash) {
    static_assert(!Misfit<good>);
    static_assert(why<good>.view().empty());
    static_assert(std::is_same_v<result_shape<good>, shape_of_arguments<32, 10>>);
}
BOOST_AUTO_TEST_CASE(a_rule_that_does_not_fit_has_the_two_sizes_and_the_sentence) {
    static_assert(Misfit<bad> && misfit<bad>.first == 128 && misfit<bad>.second == 100);
    static_assert(why<bad>.view() == "inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10)");
    BOOST_TEST(why<bad>.view().starts_with("inner sizes 128 and 100 differ"));
}
BOOST_AUTO_TEST_CASE(a_clash_of_names_is_a_clash_too) {
    static_assert(Misfit<bad_names> && misfit<bad_names>.first == misfit<bad_names>.second);
    static_assert(why<bad_names>.view() ==
                  "hidden=10 and classes=10 are different names in the last dimension: add cannot combine "
                  "(hidden=10,) and (classes=10,); write rename<\"hidden\">(b) if the same is meant");
}
BOOST_AUTO_TEST_CASE(a_wrong_operation_is_not_there) {
    static_assert(Multipliable<X, decltype(transpose(W))> && !Multipliable<X, Weight>);
    static_assert(Addable<Bias, Bias> && !Addable<X, Bias> && !Addable<Bias, X>);
    static_assert(Transposable<Weight> && !Transposable<Bias>);
    static_assert(!Addable<X, invalid> && !Addable<invalid, X>);
    static_assert(!Addable<X, std::string> && !Addable<X, const char*>);
    static_assert(Addable<X, int> && Addable<float, X> && Addable<X, std::size_t>);
}

BOOST_AUTO_TEST_SUITE_END()
