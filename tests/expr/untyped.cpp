// SPDX-License-Identifier: BSL-1.0
// Operations whose shapes do not fit, compiled with GRADUS_DRAW_ERRORS: what they give, and what is noted of them.
#include <gradus/expr/contract.hpp>
#include <gradus/expr/loss.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

namespace tt = boost::test_tools;
using namespace gradus;

namespace {

constexpr auto x = input<"x", 32, 128>;
constexpr auto product = matmul(x, parameter<"W", 100, 10>);
constexpr auto above = mean(square(0.5 * product + x));

/// What was noted of an expression, or null.
template <std::uint64_t Id> const detail::noted_node* note_of(untyped<Id>) {
    for (const auto* n = detail::noted.nodes; n; n = n->next)
        if (n->what->id == Id) return n;
    return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(untyped_expression)

BOOST_AUTO_TEST_CASE(a_sound_expression_is_as_ever) {
    constexpr auto z = matmul(x, parameter<"V", 128, 10>);
    BOOST_TEST(is_expression<std::remove_cvref_t<decltype(z)>>);
    BOOST_TEST(record_of<decltype(z)>.shape.rank == 2);
}

BOOST_AUTO_TEST_CASE(a_mistake_is_noted_with_its_operands_sizes_and_sentence) {
    const auto* note = note_of(product);
    BOOST_TEST_REQUIRE(note != nullptr);
    BOOST_TEST_REQUIRE(note->own != nullptr);
    BOOST_TEST(note->own->first == 128);
    BOOST_TEST(note->own->second == 100);
    BOOST_TEST(note->own->why.has("matmul cannot multiply (32, 128) by (100, 10)"));
    BOOST_TEST((note->what->operation == op::matmul));
    BOOST_TEST(std::string(note->what->operands[0]->name) == "x");
    BOOST_TEST(std::string(note->what->operands[1]->name) == "W");
}

BOOST_AUTO_TEST_CASE(what_is_made_of_a_mistake_is_noted_without_one) {
    const auto* note = note_of(above);
    BOOST_TEST_REQUIRE(note != nullptr);
    BOOST_TEST(note->own == nullptr);
    BOOST_TEST((note->what->operation == op::mean));
    const record* square_of = note->what->operands[0];
    BOOST_TEST(square_of->operands[0] == square_of->operands[1]);
    BOOST_TEST(square_of->shape.rank == -1);
}

BOOST_AUTO_TEST_CASE(a_mistake_that_is_only_named_in_a_type_is_noted_too) {
    using type = decltype(input<"a", 2, 3> + input<"b", 5, 7>);
    BOOST_TEST(note_of(type{}) != nullptr);
}

BOOST_AUTO_TEST_CASE(every_operation_goes_on_after_a_mistake) {
    const auto p = product;
    std::set<std::uint64_t> ids;
    const auto take = [&]<std::uint64_t Id>(untyped<Id> u) {
        BOOST_TEST(note_of(u) != nullptr);
        ids.insert(Id);
    };
    take(p + x), take(x - p), take(p * 2), take(2 / p), take(pow(p, x)), take(pow<3>(p)), take(maximum(p, p));
    take(minimum(1, p)), take(p < x), take(p <= x), take(p > x), take(p >= x), take(p == x), take(p != x), take(-p);
    take(exp(p)), take(log(p)), take(sqrt(p)), take(abs(p)), take(sign(p)), take(tanh(p)), take(square(p));
    take(transpose(p)), take(reshape<2, -1>(p)), take(broadcast_to<2, 3>(p)), take(matmul(p, x));
    take(sum(p)), take(sum<0>(p)), take(mean<1>(p, keepdims)), take(max(p)), take(argmax(p)), take(softmax(p));
    take(log_softmax(p)), take(rename<"a">(p)), take(where(p, x, 0)), take(where(x, p, p)), take(where(x > 0, 1, p));
    take(cross_entropy(p, x)), take(binary_cross_entropy_with_logits(p, x)), take(mse_loss(x, p));
    BOOST_TEST(ids.size() == 40u);
}

BOOST_AUTO_TEST_CASE(a_loss_of_a_column_and_a_row_is_one_mistake) {
    const auto* note = note_of(mse_loss(input<"p", 4, 1>, input<"y", 4>));
    BOOST_TEST_REQUIRE(note != nullptr);
    BOOST_TEST_REQUIRE(note->own != nullptr);
    BOOST_TEST(std::string(note->what->type) == "mse_loss");
}

BOOST_AUTO_TEST_CASE(a_tensor_with_too_many_axes_in_its_order_is_no_reason_to_stop) {
    BOOST_TEST(note_of(permute<2, 0, 1>(x))->own->why.has("permute<2, 0, 1>"));
}

BOOST_AUTO_TEST_SUITE_END()
