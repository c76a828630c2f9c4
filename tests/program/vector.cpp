// SPDX-License-Identifier: BSL-1.0
// Parts of vectors: nothing behind them is read or written.
#include <gradus/program/vector.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

BOOST_AUTO_TEST_SUITE(vector)

BOOST_AUTO_TEST_CASE(a_part_is_loaded_and_stored_alone) {
    using V = gradus::simd::vector<float>;
    constexpr auto width = gradus::simd::lanes<V>;
    for (std::ptrdiff_t n = 1; n <= width; ++n) {
        std::vector<float> from(static_cast<std::size_t>(n), 2.f);  // exactly n: a sanitizer sees a longer read
        std::vector<float> to(static_cast<std::size_t>(width) + 1, 7.f);
        const V v = gradus::simd::load<V>(from.data(), n);
        BOOST_TEST(gradus::simd::sum(v) == 2.f * static_cast<float>(n));
        gradus::simd::store(to.data(), n, v);
        for (std::ptrdiff_t i = 0; i <= width; ++i) BOOST_TEST(to[static_cast<std::size_t>(i)] == (i < n ? 2.f : 7.f));
    }
}
BOOST_AUTO_TEST_CASE(the_greatest_lane_is_nan_if_there_is_one) {
    using V = gradus::simd::vector<double>;
    double x[static_cast<std::size_t>(gradus::simd::lanes<V>)]{};
    x[0] = 3;
    BOOST_TEST(gradus::simd::greatest(gradus::simd::load<V>(x)) == 3.0);
    x[gradus::simd::lanes<V> - 1] = std::numeric_limits<double>::quiet_NaN();
    BOOST_TEST((gradus::simd::greatest(gradus::simd::load<V>(x)) != gradus::simd::greatest(gradus::simd::load<V>(x))));
}

BOOST_AUTO_TEST_SUITE_END()
