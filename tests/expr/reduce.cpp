// SPDX-License-Identifier: BSL-1.0
// Operations along dimensions: which dimensions go, which stay, and values.
#include "value.hpp"
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto classes = dim<"classes", 3>;
constexpr auto x = input<"x", batch, 3>;
constexpr auto wide = parameter<"wide", 2, 3, 4, 5, 6, 7>;
const std::vector<double> xs{1, 5, 3, 4, -2, 4};
template <class E> std::vector<double> at(const E& e) { return value_of(e, {{"x", xs}}, {2}); }
using list = std::vector<double>;

template <int Axis, class E> concept Summable = requires(E e) {
    { sum<Axis>(e) } -> Expression;
};
template <int Axis, class E> concept Softmaxable = requires(E e) {
    { softmax<Axis>(e) } -> Expression;
};
template <class E> concept HasArgmax = requires(E e) {
    { argmax(e) } -> Expression;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(reduce)

BOOST_AUTO_TEST_CASE(no_dimension_named_means_all) {
    static_assert(has_shape<>(sum(x)) && has_shape<>(mean(wide)) && has_shape<>(max(x)) && has_shape<>(sum(sum(x))));
    static_assert(has_shape<1, 1>(sum(x, keepdims)) && has_shape<1, 1, 1, 1, 1, 1>(max(wide, keepdims)));
}
BOOST_AUTO_TEST_CASE(named_dimensions_go_or_stay_with_size_1) {
    static_assert(has_shape<3>(sum<0>(x)) && has_shape<batch>(mean<1>(x)) && has_shape<batch>(max<-1>(x)));
    static_assert(has_shape<1, 3>(mean<0>(x, keepdims)) && has_shape<batch, 1>(max<-1>(x, keepdims)));
    static_assert(has_shape<3, 5, 7>(sum<0, 2, -2>(wide)) &&
                  has_shape<1, 3, 1, 5, 1, 7>(mean<4, 0, 2>(wide, keepdims)));
    static_assert(has_shape<classes>(sum<0>(input<"a", batch, classes>)));  // names stay
}
BOOST_AUTO_TEST_CASE(argmax_drops_one_dimension_the_last_unless_said_otherwise) {
    static_assert(has_shape<batch>(argmax(x)) && has_shape<3>(argmax<0>(x)) &&
                  has_shape<2, 3, 4, 6, 7>(argmax<3>(wide)));
    static_assert(!HasArgmax<decltype(sum(x))>);
}
BOOST_AUTO_TEST_CASE(softmax_keeps_the_shape) {
    static_assert(has_shape<batch, 3>(softmax(x)) && has_shape<batch, 3>(softmax<0>(x)) &&
                  has_shape<batch, 3>(log_softmax(x)));
    static_assert(has_shape<2, 3, 4, 5, 6, 7>(log_softmax<2>(wide)));
}
BOOST_AUTO_TEST_CASE(a_dimension_that_is_not_there_is_refused) {
    using X = decltype(x);
    static_assert(Summable<1, X> && Summable<-2, X> && !Summable<2, X> && !Summable<-3, X>);
    static_assert(Softmaxable<0, X> && !Softmaxable<2, X> && !Softmaxable<-1, decltype(sum(x))>);
    static_assert(why<detail::reduce_rule<op::mean, shape_of<X>, true, 0, 0>>.view() ==
                  "dimension 0 is named twice: mean<0, 0> of (batch, 3); write mean<0>");
    static_assert(why<detail::along_rule<op::log_softmax, shape<>, -1>>.view() ==
                  "a scalar has no dimension -1: log_softmax<-1> of ()");
}
BOOST_AUTO_TEST_CASE(sums_means_and_maxima_have_their_values) {
    BOOST_TEST(at(sum(x)) == list{15}, tt::per_element());
    BOOST_TEST(at(sum<0>(x)) == (list{5, 3, 7}), tt::per_element());
    BOOST_TEST(at(sum<1>(x)) == (list{9, 6}), tt::per_element());
    BOOST_TEST(at(mean<1>(x)) == (list{3, 2}), tt::per_element());
    BOOST_TEST(at(mean<0>(x, keepdims)) == (list{2.5, 1.5, 3.5}), tt::per_element());
    BOOST_TEST(at(max(x)) == list{5}, tt::per_element());
    BOOST_TEST(at(max<0>(x)) == (list{4, 5, 4}), tt::per_element());
    BOOST_TEST(at(argmax(x)) == (list{1, 0}), tt::per_element());  // the first of equals
    BOOST_TEST(at(x - mean<1>(x, keepdims)) == (list{-2, 2, 0, 2, -4, 2}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(softmax_sums_to_one_and_its_logarithm_is_log_softmax) {
    for (double row : at(sum<1>(softmax(x)))) BOOST_TEST(row == 1, tt::tolerance(1e-15));
    for (double column : at(sum<0>(softmax<0>(x)))) BOOST_TEST(column == 1, tt::tolerance(1e-15));
    const list p = at(softmax(x));
    const list l = at(log_softmax(x));
    for (std::size_t i = 0; i < p.size(); ++i) BOOST_TEST(std::log(p[i]) == l[i], tt::tolerance(1e-13));  // log near 1
    const double e = std::exp(1.0) + std::exp(5.0) + std::exp(3.0);
    BOOST_TEST(p[1] == std::exp(5.0) / e, tt::tolerance(1e-14));
}

BOOST_AUTO_TEST_SUITE_END()
