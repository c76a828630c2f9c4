// SPDX-License-Identifier: BSL-1.0
// Where the plain numbers of an expression stand: what has numbers of its own, and what is one value.
#include "value.hpp"
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;

constexpr auto x = input<"x", 4>;
constexpr auto h = input<"h", 3, 4>;
constexpr auto W = parameter<"W", 4, 4>;

template <class E> constexpr int numbers(const E&) { return detail::parts_of<E>::numbers; }

template <int Levels, class E> constexpr auto leaky_layers(E e) {
    if constexpr (Levels == 0) {
        return e;
    } else {
        const auto z = matmul(e, W);
        return leaky_layers<Levels - 1>(where(z > 0, z, 0.01 * z));
    }
}
template <int Levels, class E> constexpr auto halves(E e) {
    if constexpr (Levels == 0)
        return e;
    else
        return halves<Levels - 1>(0.5 * e + e);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(record)

BOOST_AUTO_TEST_CASE(numbers_keep_the_order_in_which_they_are_written) {
    constexpr auto e = 2 * x * x + 3 * x + 1;
    static_assert(numbers(e) == 3);
    static_assert(e.values[0] == 2 && e.values[1] == 3 && e.values[2] == 1);
}

// Two formulas of one form are two formulas: nobody knows whether their numbers are equal.
BOOST_AUTO_TEST_CASE(equal_forms_have_numbers_of_their_own) {
    constexpr auto e = (x - 1) * (x - 2);
    static_assert(numbers(e) == 2 && e.values[0] == 1 && e.values[1] == 2);
    constexpr auto s = exp(2 * x) + exp(3 * x);
    static_assert(numbers(s) == 2 && s.values[0] == 2 && s.values[1] == 3);
    constexpr auto z = matmul(h, W);
    constexpr auto two = where(z > 0, 2 * z, 0.01 * z);
    static_assert(numbers(two) == 3 && two.values[1] == 2 && two.values[2] == 0.01);
}

// A product with numbers inside is one value wherever it stands, so a network's numbers grow with its length.
BOOST_AUTO_TEST_CASE(a_product_that_is_used_again_keeps_its_numbers) {
    constexpr auto z = matmul(2 * h, W);
    static_assert(numbers(z) == 1);
    static_assert(numbers(z + z) == 1);
    static_assert(numbers(where(z > 0, z, 0.01 * z)) == 3);
    static_assert(numbers(0.5 * z * (1 + tanh(0.8 * (z + 0.04 * z * z * z)))) == 5);
    static_assert(numbers(leaky_layers<3>(h)) == 6);
    static_assert(numbers(leaky_layers<16>(h)) == 32);
    // The same in another order of operands, and below one that has it not.
    static_assert(numbers(exp(z) * 3 + z) == 2);
    static_assert(numbers(z + exp(z) * 3) == 2);
    constexpr auto q = matmul(z, W);
    constexpr auto k = matmul(W, transpose(z));
    static_assert(numbers(matmul(q, k)) == 1);
    static_assert(numbers(matmul(q / 3, k)) == 2);
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_used_again_keeps_its_numbers) {
    constexpr auto block = as_layer<"block">([](auto v) { return 0.5 * relu(v); });
    constexpr auto y = block(h);
    static_assert(numbers(y) == 1);
    static_assert(numbers(y * y + 2) == 2);
}

// Elementwise formulas double their numbers with each use until there are many; then what stands twice is one value.
BOOST_AUTO_TEST_CASE(numbers_do_not_double_for_ever) {
    static_assert(numbers(halves<3>(x)) == 7);
    static_assert(numbers(halves<12>(x)) < 200);
}

BOOST_AUTO_TEST_CASE(values_are_those_that_were_written) {
    const std::vector<double> four{1, -2, 3, 0.5};
    const auto value = [&](auto e) { return value_of(e, {{"x", four}}); };
    const auto e = 2 * x * x + 3 * x + 1;
    const auto of_e = value(e);
    const auto of_product = value((x - 1) * (x - 2));
    for (std::size_t i = 0; i < four.size(); ++i) {
        const double v = four[i];
        BOOST_TEST(of_e[i] == 2 * v * v + 3 * v + 1);
        BOOST_TEST(of_product[i] == (v - 1) * (v - 2));
    }
}

// What cannot be told apart is refused, never guessed.
BOOST_AUTO_TEST_CASE(products_that_differ_only_in_a_number_are_refused) {
    const auto two = matmul(2 * h, W);
    const auto three = matmul(3 * h, W);
    BOOST_CHECK_THROW(two + three, std::invalid_argument);
    BOOST_CHECK_NO_THROW(two + two);
    BOOST_CHECK_NO_THROW(matmul(constant<2.0> * h, W) + three);
}

BOOST_AUTO_TEST_SUITE_END()
