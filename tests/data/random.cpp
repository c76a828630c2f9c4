// SPDX-License-Identifier: BSL-1.0
// Random numbers that are the same everywhere.
#include <boost/test/unit_test.hpp>
#include <gradus/data/random.hpp>
#include <algorithm>
#include <array>
#include <random>

using namespace gradus;

BOOST_AUTO_TEST_SUITE(random_numbers)

// The first numbers of the published generator, seed 1234567.
static_assert([] {
    random_bits bits(1234567);
    return bits() == 6457827717110365317u && bits() == 3203168211198807973u && bits() == 9817491932198370423u;
}());
static_assert(std::uniform_random_bit_generator<random_bits>);
static_assert(shuffled_order(0, 1).empty() && shuffled_order(1, 1).size() == 1);

BOOST_AUTO_TEST_CASE(an_order_holds_each_number_once) {
    std::vector<std::size_t> order = shuffled_order(1000, 3);
    BOOST_TEST(!std::is_sorted(order.begin(), order.end()));
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < order.size(); ++i) BOOST_TEST(order[i] == i);
}
BOOST_AUTO_TEST_CASE(an_order_depends_on_the_seed_alone) {
    BOOST_TEST(shuffled_order(100, 1) == shuffled_order(100, 1));
    BOOST_TEST(shuffled_order(100, 1) != shuffled_order(100, 2));
}
BOOST_AUTO_TEST_CASE(every_order_is_equally_likely) {
    // 6 orders of 3 things in 6000 shuffles: 1000 each, standard deviation 29; five of them are allowed.
    std::array<int, 27> counts{};
    for (std::uint64_t seed = 0; seed < 6000; ++seed) {
        const auto order = shuffled_order(3, seed);
        ++counts[order[0] * 9 + order[1] * 3 + order[2]];
    }
    int orders = 0;
    for (const int count : counts) {
        if (count == 0) continue;
        ++orders;
        BOOST_TEST((count > 1000 - 145 && count < 1000 + 145));
    }
    BOOST_TEST(orders == 6);
}
BOOST_AUTO_TEST_CASE(uniform_numbers_fill_zero_to_one) {
    random_bits bits(5);
    double least = 1, most = 0, sum = 0;
    for (int i = 0; i < 10000; ++i) {
        const double x = uniform(bits);
        least = std::min(least, x);
        most = std::max(most, x);
        sum += x;
    }
    BOOST_TEST((least >= 0 && least < 0.01));
    BOOST_TEST((most < 1 && most > 0.99));
    // The mean of 10000 numbers has a standard deviation of 0.0029.
    BOOST_TEST(std::abs(sum / 10000 - 0.5) < 0.015);
}

BOOST_AUTO_TEST_SUITE_END()
