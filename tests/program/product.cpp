// SPDX-License-Identifier: BSL-1.0
// The tiles and the BLAS against three loops, with every transposition, scale and odd size.
#include <gradus/program/product.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <random>
#include <vector>

namespace {
namespace kernels = gradus::kernels;
using index_type = kernels::index;

template <class T> void check(index_type m, index_type n, index_type k, bool ta, bool tb, T alpha, T beta, bool tiles) {
    std::mt19937 random(static_cast<unsigned>(m * 7919 + n * 31 + k));
    std::uniform_real_distribution<double> number(-1, 1);
    const auto made = [&](index_type count) {
        std::vector<T> v(static_cast<std::size_t>(count));
        for (T& x : v) x = static_cast<T>(number(random));
        return v;
    };
    const std::vector<T> a = made(m * k);
    const std::vector<T> b = made(k * n);
    std::vector<T> c = made(m * n);
    const std::vector<T> before = c;
    const kernels::matrix<const T> left{a.data(), ta ? 1 : k, ta ? m : 1};
    const kernels::matrix<const T> right{b.data(), tb ? 1 : n, tb ? k : 1};
    if (tiles)
        kernels::detail::tiled_product<T>(m, n, k, left, right, c.data(), alpha, beta);
    else
        kernels::product<T>(m, n, k, left, right, c.data(), alpha, beta);
    double worst = 0;
    for (index_type i = 0; i < m; ++i)
        for (index_type j = 0; j < n; ++j) {
            double sum = 0;
            for (index_type x = 0; x < k; ++x)
                sum += static_cast<double>(left.at[i * left.row + x * left.column]) *
                       static_cast<double>(right.at[x * right.row + j * right.column]);
            const auto at = static_cast<std::size_t>(i * n + j);
            const double wanted =
                static_cast<double>(alpha) * sum + static_cast<double>(beta) * static_cast<double>(before[at]);
            worst = std::max(worst, std::abs(wanted - static_cast<double>(c[at])));
        }
    BOOST_TEST(worst < (sizeof(T) == 4 ? 1e-4 : 1e-12),
               m << " x " << k << " by " << k << " x " << n << ": off by " << worst);
}
}  // namespace

BOOST_AUTO_TEST_SUITE(product)

BOOST_AUTO_TEST_CASE(tiles_and_blas_are_three_loops) {
    for (bool tiles : {true, false})
        for (bool ta : {false, true})
            for (bool tb : {false, true})
                for (index_type m : {1, 3, 8, 23, 66})
                    for (index_type n : {1, 7, 16, 33, 70})
                        for (index_type k : {1, 5, 64, 257}) {
                            check<float>(m, n, k, ta, tb, 1.f, 0.f, tiles);
                            check<double>(m, n, k, ta, tb, -0.5, 1.0, tiles);
                        }
}
BOOST_AUTO_TEST_CASE(a_product_that_does_not_add_ignores_what_was_there) {
    const float a = 2;
    float c = std::numeric_limits<float>::quiet_NaN();
    gradus::kernels::product<float>(1, 1, 1, {&a, 1, 1}, {&a, 1, 1}, &c, 1.f, 0.f);
    BOOST_TEST(c == 4.f);
}

BOOST_AUTO_TEST_SUITE_END()
