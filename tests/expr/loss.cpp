// SPDX-License-Identifier: BSL-1.0
// Losses: shapes, values from their definitions, and what is refused.
#include "value.hpp"
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 3>;
constexpr auto label = input<"labels", batch>;
constexpr auto p = input<"p", batch, 3>;
using list = std::vector<double>;
const list zs{1, 2, 3, 0, -1, 4};
const std::map<std::string, list> values{{"z", zs}, {"labels", {2, 0}}, {"p", {0.2, 0.3, 0.5, 0, 1, 0}}};
template <class E> list at(const E& e) { return value_of(e, values, {2}); }
double log_sum(std::size_t row) {
    return std::log(std::exp(zs[3 * row]) + std::exp(zs[3 * row + 1]) + std::exp(zs[3 * row + 2]));
}
template <class A, class B> concept CrossEntropy = requires(A a, B b) {
    { cross_entropy(a, b) } -> Expression;
};
template <class A, class B> concept Mse = requires(A a, B b) {
    { mse_loss(a, b) } -> Expression;
};
template <class A, class B> concept Bce = requires(A a, B b) {
    { binary_cross_entropy_with_logits(a, b) } -> Expression;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(loss)

BOOST_AUTO_TEST_CASE(cross_entropy_gives_one_loss_per_sample) {
    static_assert(has_shape<batch>(cross_entropy(z, label)) && has_shape<batch>(cross_entropy(z, p)));
    static_assert(has_shape<>(mean(cross_entropy(z, label))));
    static_assert(has_shape<batch, 5>(cross_entropy(input<"s", batch, 5, 3>, input<"t", batch, 5>)));
    static_assert(has_shape<>(cross_entropy(input<"s", 3>, input<"t">)));
}
BOOST_AUTO_TEST_CASE(indices_and_probabilities_are_two_operations) {
    static_assert(record_of<decltype(cross_entropy(z, label))>.operation == op::cross_entropy);
    static_assert(record_of<decltype(cross_entropy(z, p))>.operation == op::cross_entropy_soft);
    BOOST_TEST(info(op::cross_entropy).name == info(op::cross_entropy_soft).name);  // a student sees one
}
BOOST_AUTO_TEST_CASE(cross_entropy_is_the_logarithm_of_the_right_probability) {
    BOOST_TEST(at(cross_entropy(z, label)) == (list{log_sum(0) - 3, log_sum(1) - 0}), tt::tolerance(1e-14)
                                                                                          << tt::per_element());
    const double soft = log_sum(0) - (0.2 * 1 + 0.3 * 2 + 0.5 * 3);
    BOOST_TEST(at(cross_entropy(z, p)) == (list{soft, log_sum(1) + 1}), tt::tolerance(1e-14) << tt::per_element());
    const list same = at(cross_entropy(z, label) + sum<1>(0 * z) - mean<1>(0 * z));
    BOOST_TEST(same == at(cross_entropy(z, label)), tt::per_element());
}
BOOST_AUTO_TEST_CASE(mse_is_the_mean_of_squared_differences) {
    static_assert(has_shape<>(mse_loss(z, p)) && has_shape<>(mse_loss(sum(z), sum(p))));
    double wanted = 0;
    for (std::size_t i = 0; i < 6; ++i) wanted += std::pow(zs[i] - values.at("p")[i], 2) / 6;
    BOOST_TEST(at(mse_loss(z, p))[0] == wanted, tt::tolerance(1e-14));
}
BOOST_AUTO_TEST_CASE(binary_cross_entropy_is_per_element) {
    static_assert(has_shape<batch, 3>(binary_cross_entropy_with_logits(z, p)));
    const list got = at(binary_cross_entropy_with_logits(z, p));
    for (std::size_t i = 0; i < 6; ++i) {
        const double s = 1 / (1 + std::exp(-zs[i]));
        const double y = values.at("p")[i];
        BOOST_TEST(got[i] == -(y * std::log(s) + (1 - y) * std::log(1 - s)), tt::tolerance(1e-13));
    }
    const list far =
        value_of(binary_cross_entropy_with_logits(input<"f", 2>, input<"t", 2>), {{"f", {1000, -1000}}, {"t", {0, 1}}});
    BOOST_TEST(far == (list{1000, 1000}), tt::per_element());  // no overflow
}
BOOST_AUTO_TEST_CASE(losses_stretch_nothing) {
    using Z = decltype(z);
    static_assert(!Mse<Z, decltype(input<"q", 3>)> && !Mse<Z, decltype(input<"q", batch, 1>)> &&
                  !Mse<Z, decltype(sum(z))>);
    static_assert(!Bce<Z, decltype(input<"q", batch>)> && Bce<Z, decltype(p)>);
    static_assert(!CrossEntropy<Z, decltype(input<"q", dim<"rows">>)> && !CrossEntropy<Z, decltype(sum(z))> &&
                  !CrossEntropy<Z, decltype(input<"q", batch, 4>)> && !CrossEntropy<decltype(label), Z>);
    static_assert(
        why<detail::same_shape_rule<"mse_loss", shape_of_arguments<442, 1>, shape_of_arguments<442>>>.view() ==
        "2 and 1 dimensions differ: mse_loss compares (442, 1) with (442,) and stretches nothing; write reshape<442, "
        "1>(b)");
    static_assert(!Mse<Z, double> && !CrossEntropy<Z, int>);
}

BOOST_AUTO_TEST_SUITE_END()
