// SPDX-License-Identifier: BSL-1.0
// The functions that run inside the compiler, against those of the standard library.
#include <gradus/expr/elementary.hpp>
#include <boost/test/unit_test.hpp>
#include <random>

namespace e = gradus::elementary;
namespace in_compiler = gradus::elementary::detail;

namespace {
/// How far `a` is from `b` in units of the last place of `b`.
double units(double a, double b) {
    if (a == b || (a != a && b != b)) return 0;
    if (!std::isfinite(a) || !std::isfinite(b)) return e::infinity;
    const double next = std::nextafter(std::fabs(b), e::infinity);
    return std::fabs(a - b) / (next - std::fabs(b));
}
template <class F, class G> double worst(F f, G g, double from, double to) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> at(from, to);
    double most = 0;
    for (int i = 0; i < 200000; ++i) {
        const double x = at(random);
        most = std::max(most, units(f(x), g(x)));
    }
    return most;
}
double std_exp(double x) { return std::exp(x); }
double std_log(double x) { return std::log(x); }
double std_tanh(double x) { return std::tanh(x); }
double std_sqrt(double x) { return std::sqrt(x); }
}  // namespace

BOOST_AUTO_TEST_SUITE(elementary)

BOOST_AUTO_TEST_CASE(exp_in_the_compiler_is_within_two_units) {
    BOOST_TEST(worst(in_compiler::exp, std_exp, -1, 1) <= 2);
    BOOST_TEST(worst(in_compiler::exp, std_exp, -745, 709.7) <= 2);
    for (double x :
         {0.0, -0.0, 709.782712893384, 709.79, -745.1, -746.0, 1e300, -1e300, e::infinity, -e::infinity, e::nan})
        BOOST_TEST(units(in_compiler::exp(x), std::exp(x)) <= 2, "exp of " << x);
}
BOOST_AUTO_TEST_CASE(log_in_the_compiler_is_within_two_units) {
    BOOST_TEST(worst(in_compiler::log, std_log, 0, 2) <= 2);
    BOOST_TEST(worst(in_compiler::log, std_log, 0, 1e300) <= 2);
    for (double x :
         {1.0, 0.0, -0.0, -1.0, 1e-310, 5e-324, 1.4142135623730951, 1.7e308, e::infinity, -e::infinity, e::nan})
        BOOST_TEST(units(in_compiler::log(x), std::log(x)) <= 2, "log of " << x);
}
BOOST_AUTO_TEST_CASE(tanh_in_the_compiler_is_within_four_units) {
    BOOST_TEST(worst(in_compiler::tanh, std_tanh, -1, 1) <= 4);
    BOOST_TEST(worst(in_compiler::tanh, std_tanh, -25, 25) <= 4);
    for (double x : {0.0, -0.0, 1e-300, -1e-9, 0.625, 19.99, 400.0, -1e300, e::infinity, -e::infinity, e::nan})
        BOOST_TEST(units(in_compiler::tanh(x), std::tanh(x)) <= 4, "tanh of " << x);
}
BOOST_AUTO_TEST_CASE(sqrt_in_the_compiler_is_within_one_unit) {
    BOOST_TEST(worst(in_compiler::sqrt, std_sqrt, 0, 4) <= 1);
    BOOST_TEST(worst(in_compiler::sqrt, std_sqrt, 0, 1e308) <= 1);
    for (double x : {0.0, -0.0, 1.0, 4.0, 1e-300, 1e-310, 5e-324, -1.0, 1.7e308, e::infinity, -e::infinity, e::nan})
        BOOST_TEST(units(in_compiler::sqrt(x), std::sqrt(x)) <= 1, "sqrt of " << x);
}
BOOST_AUTO_TEST_CASE(pow_in_the_compiler_knows_the_special_cases) {
    const double special[] = {0.0,  -0.0, 1.0,  -1.0,  2.0,   -2.0,   0.5,         -0.5,         3.0,    -3.0, 1.5,
                              -1.5, 16.0, 17.0, -17.0, 1e300, -1e300, e::infinity, -e::infinity, e::nan, 7.25, 0.1};
    for (double x : special)
        for (double c : special) {
            const double wanted = std::pow(x, c);
            const double got = in_compiler::pow(x, c);
            const bool plain = wanted != 0 && std::isfinite(wanted);
            const double room = 4 + (plain ? 2 * std::fabs(std::log(std::fabs(wanted))) : 0);  // see pow
            BOOST_TEST(units(got, wanted) <= room, x << " to the power of " << c << ": " << got << ", not " << wanted);
            BOOST_TEST((wanted != 0 || std::signbit(got) == std::signbit(wanted)), x << " to the " << c);
        }
    for (double c : {2.0, 3.0, 0.5, -1.0, -0.5, 1.5})
        BOOST_TEST(worst([c](double x) { return in_compiler::pow(x, c); }, [c](double x) { return std::pow(x, c); }, 0,
                         100) <= 3);
}
BOOST_AUTO_TEST_CASE(the_compiler_and_the_program_agree) {
    static_assert(e::exp(0) == 1 && e::log(1) == 0 && e::tanh(0) == 0 && e::sqrt(4) == 2 && e::pow(2, 10) == 1024);
    static_assert(e::exp(710) == e::infinity && e::exp(-750) == 0 && e::log(0) == -e::infinity);
    static_assert(e::sigmoid(1000) == 1 && e::sigmoid(-1000) == 0 && e::sigmoid(0) == 0.5);
    static_assert(e::log_of_one_plus(1e-20) == 1e-20);
    constexpr double values[] = {e::exp(1.25), e::log(0.3),      e::tanh(-0.7),
                                 e::sqrt(2),   e::pow(1.7, 2.5), e::sigmoid(-3)};
    volatile double x[] = {1.25, 0.3, -0.7, 2, 1.7, -3};
    BOOST_TEST(units(values[0], e::exp(x[0])) <= 2);
    BOOST_TEST(units(values[1], e::log(x[1])) <= 2);
    BOOST_TEST(units(values[2], e::tanh(x[2])) <= 4);
    BOOST_TEST(units(values[3], e::sqrt(x[3])) <= 1);
    BOOST_TEST(units(values[4], e::pow(x[4], 2.5)) <= 3);
    BOOST_TEST(units(values[5], e::sigmoid(x[5])) <= 4);
}
BOOST_AUTO_TEST_CASE(nothing_overflows_on_the_way) {
    BOOST_TEST(e::sigmoid(-800.0) == 0);
    BOOST_TEST(e::sigmoid(800.0) == 1);
    BOOST_TEST(e::binary_cross_entropy_with_logits(-1000, 1) == 1000);
    BOOST_TEST(e::binary_cross_entropy_with_logits(1000, 0) == 1000);
    BOOST_TEST(e::binary_cross_entropy_with_logits(1000, 1) == 0);
    BOOST_TEST(units(e::binary_cross_entropy_with_logits(0, 0.3), std::log(2.0)) <= 2);
}
BOOST_AUTO_TEST_CASE(nan_stays_nan) {
    BOOST_TEST(std::isnan(e::maximum(e::nan, 1)));
    BOOST_TEST(std::isnan(e::maximum(1, e::nan)));
    BOOST_TEST(std::isnan(e::minimum(e::nan, 1)));
    BOOST_TEST(std::isnan(e::minimum(1, e::nan)));
    BOOST_TEST(std::isnan(e::sigmoid(e::nan)));
    BOOST_TEST(std::isnan(e::binary_cross_entropy_with_logits(e::nan, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
