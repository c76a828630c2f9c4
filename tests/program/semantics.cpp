// SPDX-License-Identifier: BSL-1.0
// A vector computes what a number does, at the edges too.
#include <gradus/program/semantics.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

namespace {
using namespace gradus;

template <class T, class F> void same_in_vectors(F f) {
    using V = simd::vector<T>;
    constexpr T inf = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (T x : {T(0), T(1), T(-1), T(0.5), T(-3.25), T(20), T(-20), T(1000), T(-1000), T(1e30), inf, -inf, nan}) {
        const T number = f(x);
        T lanes[static_cast<std::size_t>(simd::lanes<V>)];
        simd::store(lanes, V(f(V(x))));
        for (T lane : lanes) {
            const bool same = lane == number || (std::isnan(lane) && std::isnan(number)) ||
                              std::abs(lane - number) <= 4 * std::numeric_limits<T>::epsilon() * std::abs(number);
            BOOST_TEST(same, "of " << x << ": " << lane << " in a vector, " << number << " alone");
        }
    }
}
template <op... O> void unary() {
    (same_in_vectors<float>([](auto x) { return semantics::value<O>(x); }), ...);
    (same_in_vectors<double>([](auto x) { return semantics::value<O>(x); }), ...);
}
template <op... O> void binary() {
    const auto left = [](auto x, auto o) { return semantics::value<decltype(o)::value>(x, decltype(x)(1)); };
    const auto right = [](auto x, auto o) { return semantics::value<decltype(o)::value>(decltype(x)(2), x); };
    (same_in_vectors<float>([&](auto x) { return left(x, std::integral_constant<op, O>{}); }), ...);
    (same_in_vectors<double>([&](auto x) { return right(x, std::integral_constant<op, O>{}); }), ...);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(semantics)

BOOST_AUTO_TEST_CASE(a_vector_computes_what_a_number_does) {
    unary<op::neg, op::exp, op::log, op::sqrt, op::tanh, op::sigmoid, op::relu, op::abs, op::sign>();
    binary<op::add, op::sub, op::mul, op::div, op::pow, op::maximum, op::minimum, op::less, op::less_equal, op::greater,
           op::greater_equal, op::equal, op::not_equal, op::binary_cross_entropy_with_logits>();
    same_in_vectors<float>([](auto x) { return gradus::semantics::value<op::where>(x, x, decltype(x)(2)); });
}
BOOST_AUTO_TEST_CASE(nothing_overflows_on_the_way) {
    BOOST_TEST(gradus::semantics::value<op::sigmoid>(-1000.f) == 0.f);
    BOOST_TEST(gradus::semantics::value<op::sigmoid>(1000.f) == 1.f);
    BOOST_TEST(gradus::semantics::value<op::binary_cross_entropy_with_logits>(1000.f, 0.f) == 1000.f);
    BOOST_TEST(gradus::semantics::value<op::binary_cross_entropy_with_logits>(-1000.f, 0.f) == 0.f);
}

BOOST_AUTO_TEST_SUITE_END()
