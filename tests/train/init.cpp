// SPDX-License-Identifier: BSL-1.0
// Starting weights: their variance over many seeds, and what they depend on.
#include <gradus/train/init.hpp>
#include <boost/test/unit_test.hpp>
#include <map>

using namespace gradus;

namespace {

/// The parameters of a network without the network.
struct weights {
    std::vector<parameter_info> all{{"fc1.weight", {32, 64}, 0}, {"fc1.bias", {32}, 1}, {"fc2.weight", {10, 32}, 2}};
    std::map<std::string, std::vector<double>> values{{"fc1.weight", std::vector<double>(32 * 64)},
                                                      {"fc1.bias", std::vector<double>(32)},
                                                      {"fc2.weight", std::vector<double>(320)}};
    const std::vector<parameter_info>& parameters() const { return all; }
    std::span<double> parameter(const std::string& name) { return values.at(name); }
};

struct moments {
    double mean = 0;
    double variance = 0;
    double largest = 0;
    double kurtosis = 0;  ///< 3 for the normal distribution, 1.8 for the uniform one
    double count = 0;
};
/// Over 50 seeds: 102,400 numbers.
template <class Scheme> moments moments_of(const Scheme& scheme, const char* name = "fc1.weight") {
    std::vector<double> all;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        weights w;
        initialize(w, seed, scheme);
        all.insert(all.end(), w.values[name].begin(), w.values[name].end());
    }
    moments m;
    m.count = static_cast<double>(all.size());
    for (double x : all) m.mean += x / m.count;
    for (double x : all) {
        m.variance += (x - m.mean) * (x - m.mean) / m.count;
        m.largest = std::max(m.largest, std::abs(x));
    }
    for (double x : all) m.kurtosis += std::pow(x - m.mean, 4) / m.count / (m.variance * m.variance);
    return m;
}
/// Within four standard errors: of the mean sqrt(v / n), of the variance v sqrt((kurtosis - 1) / n). By chance one of
/// 16,000 is outside; the seeds are fixed, so it is inside for good.
void check(const moments& m, double variance, double kurtosis) {
    BOOST_TEST(std::abs(m.mean) < 4 * std::sqrt(variance / m.count));
    BOOST_TEST(std::abs(m.variance - variance) < 4 * variance * std::sqrt((kurtosis - 1) / m.count));
    BOOST_TEST(std::abs(m.kurtosis - kurtosis) < 0.1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(init)

BOOST_AUTO_TEST_CASE(he_has_the_variance_2_over_in_features) {
    check(moments_of(he_normal{}), 2.0 / 64, 3);
    check(moments_of(he_uniform{}), 2.0 / 64, 1.8);
    check(moments_of(he_normal{}, "fc2.weight"), 2.0 / 32, 3);
}

BOOST_AUTO_TEST_CASE(glorot_has_the_variance_2_over_in_and_out_features) {
    check(moments_of(glorot_normal{}), 2.0 / 96, 3);
    check(moments_of(glorot_uniform{}), 2.0 / 96, 1.8);
    check(moments_of(xavier_uniform{}, "fc2.weight"), 2.0 / 42, 1.8);
}

BOOST_AUTO_TEST_CASE(uniform_schemes_stay_inside_their_bound_and_reach_it) {
    const double he = std::sqrt(6.0 / 64);
    const double glorot = std::sqrt(6.0 / 96);
    BOOST_TEST(moments_of(he_uniform{}).largest <= he);
    BOOST_TEST(moments_of(he_uniform{}).largest > 0.999 * he);
    BOOST_TEST(moments_of(glorot_uniform{}).largest <= glorot);
    BOOST_TEST(moments_of(glorot_uniform{}).largest > 0.999 * glorot);
}

BOOST_AUTO_TEST_CASE(biases_are_zero_whatever_they_were) {
    weights w;
    for (double& x : w.values["fc1.bias"]) x = 7;
    initialize(w, 1);
    for (double x : w.values["fc1.bias"]) BOOST_TEST(x == 0);
}

BOOST_AUTO_TEST_CASE(zeros_are_zeros) {
    weights w;
    initialize(w, 1, zeros{});
    for (double x : w.values["fc1.weight"]) BOOST_TEST(x == 0);
}

BOOST_AUTO_TEST_CASE(a_seed_gives_the_same_weights_and_another_seed_others) {
    weights a, b, c;
    initialize(a, 1);
    initialize(b, 1);
    initialize(c, 2);
    BOOST_TEST(a.values["fc1.weight"] == b.values["fc1.weight"], boost::test_tools::per_element());
    int same = 0;
    for (std::size_t i = 0; i < 2048; ++i) same += a.values["fc1.weight"][i] == c.values["fc1.weight"][i];
    BOOST_TEST(same == 0);
}

BOOST_AUTO_TEST_CASE(each_parameter_has_its_own_numbers_wherever_it_stands) {
    weights a, b;
    std::swap(b.all[0], b.all[2]);
    b.all.erase(b.all.begin() + 1);
    initialize(a, 1);
    initialize(b, 1);
    BOOST_TEST(a.values["fc1.weight"] == b.values["fc1.weight"], boost::test_tools::per_element());
    BOOST_TEST(a.values["fc1.weight"][0] != a.values["fc2.weight"][0]);
}

BOOST_AUTO_TEST_CASE(fans_count_inputs_and_outputs) {
    const fans linear = fans_of({"w", {10, 64}, 0});
    BOOST_TEST(linear.in == 64);
    BOOST_TEST(linear.out == 10);
    const fans field = fans_of({"w", {8, 3, 5, 5}, 0});  // (out_channels, in_channels, height, width)
    BOOST_TEST(field.in == 75);
    BOOST_TEST(field.out == 200);
}

BOOST_AUTO_TEST_SUITE_END()
