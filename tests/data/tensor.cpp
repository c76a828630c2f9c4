// SPDX-License-Identifier: BSL-1.0
// The tensors at the border: rows one after the other, so that memory can be handed on.
#include <boost/test/unit_test.hpp>
#include <gradus/data/tensor.hpp>
#include <array>

BOOST_AUTO_TEST_SUITE(tensor)

BOOST_AUTO_TEST_CASE(rows_lie_one_after_the_other) {
    const xt::xtensor<float, 2> t{{1, 2, 3}, {4, 5, 6}};
    BOOST_TEST(t.data()[3] == 4.f);
    BOOST_TEST(t.shape()[1] == 3u);
}
BOOST_AUTO_TEST_CASE(memory_is_seen_as_a_tensor_without_a_copy) {
    std::array<float, 4> memory{1, 2, 3, 4};
    auto t = xt::adapt(memory.data(), 4, xt::no_ownership(), std::array<std::size_t, 2>{2, 2});
    t(1, 0) = 7;
    BOOST_TEST(memory[2] == 7.f);
}

BOOST_AUTO_TEST_SUITE_END()
