// SPDX-License-Identifier: BSL-1.0
// Mini-batches: each row once, in an order that the seed decides.
#include <gradus/train/batches.hpp>
#include <boost/test/unit_test.hpp>
#include <numeric>

using namespace gradus;

namespace {

/// Row i of the inputs is (i, 100 + i), its target i.
struct numbered {
    xt::xtensor<float, 2> inputs;
    xt::xtensor<int, 1> targets;
    explicit numbered(std::size_t rows)
        : inputs(xt::xtensor<float, 2>::from_shape({rows, 2})), targets(xt::xtensor<int, 1>::from_shape({rows})) {
        for (std::size_t i = 0; i < rows; ++i) {
            inputs(i, 0) = static_cast<float>(i);
            inputs(i, 1) = static_cast<float>(100 + i);
            targets(i) = static_cast<int>(i);
        }
    }
};
std::vector<int> order_of(const numbered& n, std::size_t size, std::uint64_t seed) {
    std::vector<int> order;
    for (auto [x, y] : batches(n.inputs, n.targets, size, seed))
        for (std::size_t i = 0; i < y.shape(0); ++i) order.push_back(y(i));
    return order;
}
template <class F> std::string words_of(F f) {
    try {
        f();
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
    return "nothing is thrown";
}

template <class... A> constexpr bool has_batches = requires(A&&... a) { batches(static_cast<A&&>(a)...); };

}  // namespace

BOOST_AUTO_TEST_SUITE(mini_batches)

BOOST_AUTO_TEST_CASE(each_row_comes_once_with_its_target_and_the_last_batch_takes_what_is_left) {
    const numbered n(10);
    std::vector<std::size_t> sizes;
    std::vector<int> seen;
    for (auto [x, y] : batches(n.inputs, n.targets, 4, 7)) {
        sizes.push_back(x.shape(0));
        BOOST_TEST(y.shape(0) == x.shape(0));
        for (std::size_t i = 0; i < x.shape(0); ++i) {
            BOOST_TEST(x(i, 0) == static_cast<float>(y(i)));
            BOOST_TEST(x(i, 1) == static_cast<float>(100 + y(i)));
            seen.push_back(y(i));
        }
    }
    const std::vector<std::size_t> wanted{4, 4, 2};
    BOOST_TEST(sizes == wanted, boost::test_tools::per_element());
    std::sort(seen.begin(), seen.end());
    std::vector<int> all(10);
    std::iota(all.begin(), all.end(), 0);
    BOOST_TEST(seen == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_sizes_cover_all_rows) {
    for (std::size_t rows : {1u, 2u, 7u, 32u, 33u})
        for (std::size_t size : {1u, 2u, 3u, 32u, 1000u}) {
            const numbered n(rows);
            std::vector<int> seen = order_of(n, size, rows);
            std::sort(seen.begin(), seen.end());
            std::vector<int> all(rows);
            std::iota(all.begin(), all.end(), 0);
            BOOST_TEST(seen == all, boost::test_tools::per_element());
            std::size_t count = 0;
            const auto range = batches(n.inputs, n.targets, size, 1);
            for (auto it = range.begin(); it != range.end(); ++it) ++count;
            BOOST_TEST(count == range.size());
        }
}

BOOST_AUTO_TEST_CASE(the_seed_decides_the_order) {
    const numbered n(50);
    BOOST_TEST(order_of(n, 8, 3) == order_of(n, 8, 3), boost::test_tools::per_element());
    BOOST_TEST(order_of(n, 8, 3) == order_of(n, 32, 3), boost::test_tools::per_element());  // whatever the size
    BOOST_TEST((order_of(n, 8, 3) != order_of(n, 8, 4)));
    std::vector<int> sorted(50);
    std::iota(sorted.begin(), sorted.end(), 0);
    BOOST_TEST((order_of(n, 8, 3) != sorted));
}

BOOST_AUTO_TEST_CASE(tensors_of_any_rank_have_rows) {
    xt::xtensor<float, 3> images = xt::xtensor<float, 3>::from_shape({5, 2, 3});
    std::iota(images.begin(), images.end(), 0.f);
    xt::xtensor<float, 2> targets = xt::xtensor<float, 2>::from_shape({5, 1});
    for (std::size_t i = 0; i < 5; ++i) targets(i, 0) = static_cast<float>(6 * i);
    for (auto [x, y] : batches(images, targets, 2, 1))
        for (std::size_t i = 0; i < x.shape(0); ++i) {
            BOOST_TEST(x(i, 0, 0) == y(i, 0));
            BOOST_TEST(x(i, 1, 2) == y(i, 0) + 5);
        }
}

BOOST_AUTO_TEST_CASE(the_data_sets_have_batches) {
    classification c{{{1, 2}, {3, 4}, {5, 6}}, {0, 1, 0}, {"a", "b"}};
    regression r{{{1, 2}, {3, 4}, {5, 6}}, {1.5f, 2.5f, 3.5f}};
    BOOST_TEST(batches(c, 2).size() == 2);
    BOOST_TEST(batches(r, 2).size() == 2);
    for (auto [x, y] : batches(r, 3)) BOOST_TEST(y(0) == x(0, 0) / 2 + 1);
}

BOOST_AUTO_TEST_CASE(data_that_would_be_gone_does_not_compile) {
    using X = xt::xtensor<float, 2>;
    using Y = xt::xtensor<int, 1>;
    static_assert(has_batches<const classification&, int, int>);
    static_assert(has_batches<classification&, int>);
    static_assert(!has_batches<classification, int>);
    static_assert(!has_batches<const classification, int, int>);
    static_assert(!has_batches<regression, int>);
    static_assert(has_batches<X&, const Y&, int, int>);
    static_assert(!has_batches<X, Y&, int>);
    static_assert(!has_batches<X&, Y, int, int>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_CASE(what_makes_no_batches_is_told) {
    const numbered n(10);
    const numbered other(9);
    const numbered nothing(0);
    BOOST_TEST(words_of([&] { batches(n.inputs, other.targets, 4); }) ==
               "batches: 10 inputs and 9 targets do not belong together");
    BOOST_TEST(words_of([&] { batches(nothing.inputs, nothing.targets, 4); }) == "batches: the data has no rows");
    BOOST_TEST(words_of([&] { batches(n.inputs, n.targets, 0); }) == "batches: a batch has at least one row, 0 given");
}

BOOST_AUTO_TEST_SUITE_END()
