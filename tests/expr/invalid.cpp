// SPDX-License-Identifier: BSL-1.0
// What an ill-formed operation returns is accepted by every later one, so that one mistake gives one error.
#include "value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {
constexpr auto x = input<"x", dim<"batch">, 4>;
template <class... T> constexpr bool all_invalid(const T&...) { return (is_invalid<T> && ...); }
}  // namespace

BOOST_AUTO_TEST_SUITE(invalid_)

BOOST_AUTO_TEST_CASE(arithmetic_with_it_gives_it_again) {
    constexpr invalid e;
    static_assert(all_invalid(e + x, x + e, e + e, e - 1, 2 * e, e / x, x < e, e == e));
    static_assert(
        all_invalid(exp(e), relu(e), mean(e), sum<0>(e), softmax(e), matmul(x, e), matmul(e, e), transpose(e)));
    static_assert(all_invalid(where(e, x, x), reshape<2, 2>(e), cross_entropy(e, x), mse_loss(x, e)));
    BOOST_TEST(all_invalid(mean(relu(matmul(e, x) + 1))));
}
BOOST_AUTO_TEST_CASE(layers_take_it_and_give_it) {
    constexpr invalid e;
    static_assert(all_invalid(linear<"fc", 4, 4>(e), (linear<"fc", 4, 4> >> relu)(e)));
    static_assert(all_invalid(e >> relu, linear<"fc", 4, 4> >> e));
    static_assert(all_invalid(e(x), residual(e), named<"a">(e)));
    BOOST_TEST(!is_invalid<decltype(linear<"fc", 4, 4>(x))>);
}
BOOST_AUTO_TEST_CASE(what_fits_is_not_invalid) {
    static_assert(!all_invalid(x + x) && !is_invalid<int> && is_invalid<invalid>);
    BOOST_TEST(all_invalid());
}

BOOST_AUTO_TEST_SUITE_END()
