// SPDX-License-Identifier: BSL-1.0
// Places, borrowed inputs and copies of a program's memory.
#include "compare.hpp"
#include "graphs.hpp"

namespace {
using namespace gradus;
using namespace gradus::testing;

struct chain {
    static constexpr builder build() {
        make b;
        node_id x = b.in("x", {batch, size(8)});
        const char* const names[] = {"w0", "w1", "w2", "w3"};
        for (const char* name : names) x = b.matmul(x, b.par(name, {size(8), size(8)}));
        b.out(x);
        return b;
    }
};
constexpr auto& graph = source<chain>::graph;
using plan = planned::of<source<chain>>;
using memory_type = detail::program_memory<float>;
std::size_t input() {
    std::size_t b = 0;
    while (plan::value.buffers[b].where != planned::place::input) ++b;
    return b;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(buffers_start_on_lines_of_the_cache) {
    memory_type m(graph, plan::value);
    m.take(input(), xt::xtensor<float, 2>::from_shape({3, 8}), false);
    m.prepare();
    for (std::size_t b = 0; b < plan::value.buffers.size(); ++b)
        BOOST_TEST(reinterpret_cast<std::uintptr_t>(m.buffer(b)) % 64 == 0u, "buffer " << b);
}
BOOST_AUTO_TEST_CASE(values_that_never_live_together_share_a_place) {
    memory_type m(graph, plan::value);
    m.take(input(), xt::xtensor<float, 2>::from_shape({16, 8}), false);
    m.prepare();
    BOOST_TEST(m.entries().size() == 4u);
    BOOST_TEST(m.unshared_bytes() == 4 * 16 * 8 * sizeof(float));
    BOOST_TEST(m.live_bytes() == 2 * 16 * 8 * sizeof(float));
    BOOST_TEST(m.peak_bytes() == m.live_bytes());
}
BOOST_AUTO_TEST_CASE(a_smaller_batch_needs_no_new_block) {
    memory_type m(graph, plan::value);
    m.take(input(), xt::xtensor<float, 2>::from_shape({16, 8}), false);
    m.prepare();
    const std::size_t large = m.peak_bytes();
    m.take(input(), xt::xtensor<float, 2>::from_shape({2, 8}), false);
    m.prepare();
    BOOST_TEST(m.peak_bytes() < large);
}
BOOST_AUTO_TEST_CASE(a_tensor_of_another_type_or_order_is_copied_and_one_of_its_own_is_borrowed) {
    memory_type m(graph, plan::value);
    xt::xtensor<float, 2> own = xt::arange<float>(16).reshape({2, 8});
    m.take(input(), own, true);
    BOOST_TEST(m.buffer(input()) == own.data());
    m.take(input(), own, false);
    BOOST_TEST(m.buffer(input()) != own.data());
    const xt::xtensor<double, 2> wide = own;
    m.take(input(), wide, true);
    BOOST_TEST(m.buffer(input())[9] == 9);
    const xt::xtensor<float, 2, xt::layout_type::column_major> columns = own;
    m.take(input(), columns, true);
    BOOST_TEST(m.buffer(input())[1] == 1);
}
BOOST_AUTO_TEST_CASE(an_input_that_was_not_given_is_named) {
    memory_type m(graph, plan::value);
    BOOST_CHECK_EXCEPTION(m.prepare(), binding_error,
                          [](const binding_error& e) { return std::string(e.what()) == "not bound: x"; });
}
BOOST_AUTO_TEST_CASE(a_copy_has_parameters_of_its_own) {
    memory_type m(graph, plan::value);
    m.parameter("w1")[0] = 3;
    memory_type copy = m;
    copy.parameter("w1")[0] = 4;
    BOOST_TEST(m.parameter("w1")[0] == 3);
    BOOST_TEST(copy.parameter("w1")[0] == 4);
}

BOOST_AUTO_TEST_SUITE_END()
