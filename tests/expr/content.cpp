// SPDX-License-Identifier: BSL-1.0
// What an expression holds: probabilities and scores are told apart by how they are made.
#include "value.hpp"
#include <boost/test/unit_test.hpp>
#include <gradus/expr/loss.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>

using namespace gradus;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto z = input<"z", batch, 10>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto b = parameter<"b", 10>;
constexpr auto fc = linear<"fc", 64, 10>;

template <class E> constexpr content held(E) { return content_of(&record_of<E>).what; }
template <class A> concept Softmaxable = requires(A a) {
    { softmax(a) } -> Expression;
};
template <class A, class B> concept Comparable = requires(A a, B c) {
    { cross_entropy(a, c) } -> Expression;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(content_)

BOOST_AUTO_TEST_CASE(the_last_operation_says_what_it_holds) {
    static_assert(held(softmax(z)) == content::softmax && held(sigmoid(z)) == content::sigmoid);
    static_assert(held(matmul(x, transpose(W)) + b) == content::scores);
    static_assert(held(b + matmul(x, transpose(W))) == content::scores);
    static_assert(held(z) == content::any && held(log_softmax(z)) == content::any && held(1 * z) == content::any);
    static_assert(held(matmul(z, transpose(z))) == content::any);  // no parameter: a mixture of probabilities, perhaps
    BOOST_TEST((held(1 * softmax(z)) == content::any));            // the deliberate way
}
BOOST_AUTO_TEST_CASE(layers_and_views_are_looked_through) {
    static_assert(held(fc(x)) == content::scores && held((fc >> softmax)(x)) == content::softmax);
    static_assert(held((fc >> relu)(x)) == content::any);
    static_assert(held(named<"net">(fc >> sigmoid)(x)) == content::sigmoid);
    static_assert(held(flatten(reshape<batch, 2, 5>((fc >> softmax)(x)))) == content::softmax);
    static_assert(held(transpose(rename<"classes">(softmax(z)))) == content::softmax);
    constexpr auto same = as_layer([](auto a) { return a; });  // its body is the placeholder
    BOOST_TEST((held(same(fc(x))) == content::scores));
}
BOOST_AUTO_TEST_CASE(a_softmax_along_another_dimension_is_no_mistake) {
    static_assert(!Softmaxable<decltype(softmax(z))> && !Softmaxable<decltype(rename<"classes">(softmax(z)))>);
    static_assert(Softmaxable<decltype(softmax<0>(z))> && Softmaxable<decltype(transpose(softmax(z)))>);
    BOOST_TEST((Softmaxable<decltype(log_softmax(z))> && Softmaxable<decltype(1 * softmax(z))>));
}
BOOST_AUTO_TEST_CASE(classes_may_come_from_anywhere_and_probabilities_not_from_a_linear_layer) {
    constexpr auto y = input<"y", batch>;
    static_assert(Comparable<decltype(fc(x)), decltype(y)> && Comparable<decltype(fc(x)), decltype(softmax(z))>);
    static_assert(!Comparable<decltype(z), decltype(fc(x))> && Comparable<decltype(z), decltype(z)>);
    BOOST_TEST((!Comparable<decltype(softmax(z)), decltype(y)> && Comparable<decltype(z), decltype(mean<1>(fc(x)))>));
}

BOOST_AUTO_TEST_SUITE_END()
