// SPDX-License-Identifier: BSL-1.0
// Operations on each element: shapes, plain numbers on both sides, and values.
#include "value.hpp"
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch, 4>;
constexpr auto row = parameter<"row", 4>;
constexpr auto column = input<"column", batch, 1>;
constexpr auto scalar = input<"scalar">;
constexpr auto features = parameter<"named", dim<"features", 4>>;
template <class E> constexpr const record& of(const E&) { return record_of<std::remove_cvref_t<E>>; }

const std::vector<double> xs{0.5, 1, 2, 3, 0.25, 1.5, 4, 2.5};
const std::vector<double> ys{2, 1, 0.5, 3, 1, 2, 3, -1};

/// e(x, y) against f for each element; the interpreter's functions are within 4 units of the last place.
template <class E, class F> void check(const E& e, F f) {
    const std::vector<double> got = value_of(e, {{"x", xs}, {"y", ys}}, {2});
    BOOST_TEST_REQUIRE(got.size() == xs.size());
    for (std::size_t i = 0; i < xs.size(); ++i) {
        const double wanted = static_cast<double>(f(xs[i], ys[i]));
        BOOST_TEST(got[i] == wanted, tt::tolerance(1e-14));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementwise)

BOOST_AUTO_TEST_CASE(two_operands_broadcast) {
    static_assert(has_shape<batch, 4>(x + y) && has_shape<batch, 4>(x + row) && has_shape<batch, 4>(row + x));
    static_assert(has_shape<batch, 4>(x * column) && has_shape<batch, 4>(column - reshape<1, 4>(row)) &&
                  has_shape<batch, 4>(scalar / x));
    static_assert(has_shape<>(scalar * scalar) && has_shape<batch, 1>(column + scalar));
    static_assert(has_shape<3, 2, 4>(parameter<"a", 3, 1, 4> + parameter<"b", 1, 2, 1>));
    static_assert(has_shape<3, 2, 4>(parameter<"a", 3, 2, 4> + parameter<"b", 2, 1>));
    static_assert(has_shape<1, 2, 3, 4, 5, 6>(parameter<"a", 1, 2, 3, 4, 5, 6> + parameter<"b", 2, 1, 4, 1, 6>));
    BOOST_TEST(value_of(column - reshape<1, 4>(row), {{"column", {1, 2}}, {"row", {1, 2, 3, 4}}}, {2}) ==
                   (std::vector<double>{0, -1, -2, -3, 1, 0, -1, -2}),
               tt::per_element());
}
BOOST_AUTO_TEST_CASE(a_name_that_one_side_has_is_kept) {
    static_assert(has_shape<batch, dim<"features", 4>>(x + features) &&
                  has_shape<batch, dim<"features", 4>>(features * x));
}
BOOST_AUTO_TEST_CASE(every_operation_with_two_operands_has_its_shape_and_kind) {
    const auto all = [](auto a, auto b) {
        return std::tuple(a + b, a - b, a * b, a / b, pow(a, b), maximum(a, b), minimum(a, b), a<b, a <= b, a> b,
                          a >= b, a == b, a != b);
    };
    constexpr op wanted[] = {op::add,           op::sub,     op::mul,      op::div,        op::pow,
                             op::maximum,       op::minimum, op::less,     op::less_equal, op::greater,
                             op::greater_equal, op::equal,   op::not_equal};
    const auto look = [&](const auto&... e) {
        std::size_t i = 0;
        for (op o : {of(e).operation...}) BOOST_TEST((o == wanted[i++]));
        static_assert((has_shape<batch, 4>(std::remove_cvref_t<decltype(e)>{}) && ...));
    };
    std::apply(look, all(x, y));    // one shape
    std::apply(look, all(x, row));  // broadcast
    std::apply(look, all(column, reshape<1, 4>(row)));
    std::apply(look, all(x, 2));  // a plain number on either side
    std::apply(look, all(0.5f, x));
    std::apply(look, all(x, constant<3>));
}
BOOST_AUTO_TEST_CASE(every_function_keeps_the_shape) {
    const auto look = [](const auto&... e) {
        static_assert((has_shape<batch, 4>(std::remove_cvref_t<decltype(e)>{}) && ...));
    };
    look(-x, +x, exp(x), log(x), sqrt(x), abs(x), sign(x), tanh(x), relu(x), sigmoid(x), square(x), pow<3>(x),
         pow<-0.5>(x));
    static_assert(has_shape<>(exp(scalar)) && has_shape<1, 2, 3, 4, 5, 6>(-parameter<"a", 1, 2, 3, 4, 5, 6>));
    static_assert(same_type(+x, std::remove_cvref_t<decltype(x)>{}));
    BOOST_TEST((of(-x).operation == op::neg));
}
BOOST_AUTO_TEST_CASE(where_takes_expressions_and_numbers) {
    static_assert(has_shape<batch, 4>(where(x > 0, x, y)) && has_shape<batch, 4>(where(x > 0, x, 0.01 * x)));
    static_assert(has_shape<batch, 4>(where(x > 0, 1, y)) && has_shape<batch, 4>(where(x > 0, 1, -1)));
    static_assert(has_shape<batch, 4>(where(column > 0, reshape<1, 4>(row), scalar)));
}
BOOST_AUTO_TEST_CASE(arithmetic_gives_what_c_gives) {
    check(x + y, [](double a, double b) { return a + b; });
    check(x - y, [](double a, double b) { return a - b; });
    check(x * y, [](double a, double b) { return a * b; });
    check(x / y, [](double a, double b) { return a / b; });
    check(-x, [](double a, double) { return -a; });
    check(x - y - x, [](double a, double b) { return a - b - a; });
    check(x / y / 2, [](double a, double b) { return a / b / 2; });
    check(2 - x, [](double a, double) { return 2 - a; });
    check(x - 2, [](double a, double) { return a - 2; });
    check(2 / x, [](double a, double) { return 2 / a; });
    check(x / 2, [](double a, double) { return a / 2; });
}
BOOST_AUTO_TEST_CASE(functions_give_what_c_gives) {
    check(exp(x), [](double a, double) { return std::exp(a); });
    check(log(x), [](double a, double) { return std::log(a); });
    check(sqrt(x), [](double a, double) { return std::sqrt(a); });
    check(abs(y), [](double, double b) { return std::fabs(b); });
    check(sign(y), [](double, double b) { return (b > 0) - (b < 0); });
    check(tanh(x), [](double a, double) { return std::tanh(a); });
    check(relu(y), [](double, double b) { return b > 0 ? b : 0; });
    check(sigmoid(y), [](double, double b) { return 1 / (1 + std::exp(-b)); });
    check(square(y), [](double, double b) { return b * b; });
}
BOOST_AUTO_TEST_CASE(powers_give_what_c_gives) {
    check(pow(x, 3), [](double a, double) { return a * a * a; });
    check(pow<3>(x), [](double a, double) { return a * a * a; });
    check(pow<-0.5>(x), [](double a, double) { return 1 / std::sqrt(a); });
    check(pow(2, y), [](double, double b) { return std::pow(2, b); });
    check(pow(x, y), [](double a, double b) { return std::pow(a, b); });
}
BOOST_AUTO_TEST_CASE(comparisons_give_0_or_1) {
    check(x < y, [](double a, double b) { return a < b; });
    check(x <= y, [](double a, double b) { return a <= b; });
    check(x > y, [](double a, double b) { return a > b; });
    check(x >= y, [](double a, double b) { return a >= b; });
    check(x == y, [](double a, double b) { return a == b; });
    check(x != y, [](double a, double b) { return a != b; });
    check(1 < x, [](double a, double) { return 1 < a; });
    check(1 <= x, [](double a, double) { return 1 <= a; });
    check(1 > x, [](double a, double) { return 1 > a; });
    check(1 >= x, [](double a, double) { return 1 >= a; });
    check(1 == x, [](double a, double) { return 1 == a; });
    check(x != 1, [](double a, double) { return a != 1; });
    check(maximum(x, y), [](double a, double b) { return a < b ? b : a; });
    check(minimum(1.25, y), [](double, double b) { return b < 1.25 ? b : 1.25; });
}
BOOST_AUTO_TEST_CASE(numbers_mix_as_on_paper) {
    check(2.f * x + 1, [](double a, double) { return 2 * a + 1; });
    check(2 * x * x + 3 * x, [](double a, double) { return 2 * a * a + 3 * a; });
    check((x - 1) * (x - 2), [](double a, double) { return (a - 1) * (a - 2); });
    check(1 + 2 * (3 + x) * 4 - 5, [](double a, double) { return 1 + 2 * (3 + a) * 4 - 5; });
    check(where(y > 0, y, 0.01 * y), [](double, double b) { return b > 0 ? b : 0.01 * b; });
    check(where(y > 1, 10, -10), [](double, double b) { return b > 1 ? 10 : -10; });
    check(where(y > 1, 10, x), [](double a, double b) { return b > 1 ? 10 : a; });
    check(pow(x, 2) - pow(x, 3) / 2 + 1, [](double a, double) { return a * a - a * a * a / 2 + 1; });
    check(x * true + 'a', [](double a, double) { return a + 'a'; });
}
BOOST_AUTO_TEST_CASE(the_same_with_numbers_that_come_at_run_time) {
    for (int n = 0; n < 5; ++n)
        check((x - n) * (x - n * 0.5), [n](double a, double) { return (a - n) * (a - n * 0.5); });
}

BOOST_AUTO_TEST_SUITE_END()
