// SPDX-License-Identifier: BSL-1.0
// Products and changes of shape: result shapes, values, and what is refused.
#include "value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto W = parameter<"W", 2, 3>;
constexpr auto v = parameter<"v", 3>;
constexpr auto images = input<"images", batch, dim<"channels", 2>, 4, 4>;
using list = std::vector<double>;
const std::map<std::string, list> values{{"x", {1, 2, 3, 4, 5, 6}}, {"W", {1, 0, -1, 2, 1, 0}}, {"v", {1, 10, 100}}};
template <class E> list at(const E& e) { return value_of(e, values, {2}); }

template <class A, class B> concept Multipliable = requires(A a, B b) {
    { matmul(a, b) } -> Expression;
};
template <class E, int... Order> concept Permutable = requires(E e) {
    { permute<Order...>(e) } -> Expression;
};
template <class E, auto... D> concept Reshapable = requires(E e) {
    { reshape<D...>(e) } -> Expression;
};
template <class E, auto... D> concept Stretchable = requires(E e) {
    { broadcast_to<D...>(e) } -> Expression;
};
template <class E> concept Flattenable = requires(E e) {
    { flatten(e) } -> Expression;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(contract)

BOOST_AUTO_TEST_CASE(a_product_spends_the_inner_sizes) {
    static_assert(has_shape<batch, 2>(matmul(x, transpose(W))) && has_shape<2, 2>(matmul(W, transpose(W))));
    static_assert(has_shape<batch>(matmul(x, v)) && has_shape<2>(matmul(W, v)) &&
                  has_shape<2>(matmul(v, transpose(W))));
    static_assert(has_shape<>(matmul(v, v)));
    static_assert(has_shape<7, 5, 2, 4>(matmul(parameter<"a", 7, 1, 2, 3>, parameter<"b", 5, 3, 4>)));
    static_assert(!Multipliable<decltype(x), decltype(W)> && !Multipliable<decltype(x), decltype(sum(x))>);
    static_assert(Multipliable<decltype(x), decltype(parameter<"a", dim<"in", 3>, 4>)>);
}
BOOST_AUTO_TEST_CASE(products_have_their_values_with_vectors_on_either_side) {
    BOOST_TEST(at(matmul(x, transpose(W))) == (list{-2, 4, -2, 13}), tt::per_element());
    BOOST_TEST(at(matmul(x, v)) == (list{321, 654}), tt::per_element());
    BOOST_TEST(at(matmul(v, transpose(x))) == (list{321, 654}), tt::per_element());
    BOOST_TEST(at(matmul(v, v)) == list{10101}, tt::per_element());
    BOOST_TEST(at(matmul(matmul(v, transpose(W)), W)) == (list{-99 + 24, 12, 99}), tt::per_element());
    BOOST_TEST(at(matmul(x, transpose(W)) + sum(v)) == (list{109, 115, 109, 124}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(batches_are_multiplied_one_by_one) {
    constexpr auto a = parameter<"a", 2, 1, 2>;
    constexpr auto b = parameter<"b", 2, 2>;
    BOOST_TEST(value_of(matmul(a, b), {{"a", {1, 2, 3, 4}}, {"b", {1, 10, 100, 1000}}}) == (list{201, 2010, 403, 4030}),
               tt::per_element());
}
BOOST_AUTO_TEST_CASE(transpose_and_permute_reorder) {
    static_assert(has_shape<3, 2>(transpose(W)) && has_shape<batch, dim<"channels", 2>, 4, 4>(transpose(images)));
    static_assert(has_shape<batch, 4, 4, dim<"channels", 2>>(permute<0, 2, 3, 1>(images)));
    static_assert(has_shape<4, dim<"channels", 2>, 4, batch>(permute<-1, 1, 2, 0>(images)));
    static_assert(Permutable<decltype(W), 1, 0> && !Permutable<decltype(W), 0> && !Permutable<decltype(W), 0, 0> &&
                  !Permutable<decltype(W), 0, 2> && !Permutable<decltype(W), 0, 1, 2> && !Permutable<decltype(W)>);
    BOOST_TEST(at(transpose(W)) == (list{1, 2, 0, 1, -1, 0}), tt::per_element());
    const list moved = value_of(permute<1, 2, 0>(parameter<"p", 2, 1, 3>), {{"p", {1, 2, 3, 4, 5, 6}}});
    BOOST_TEST(moved == (list{1, 4, 2, 5, 3, 6}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(a_double_transpose_is_not_there_when_simplified) {
    static_assert(graph_of(transpose(transpose(W))).size() == 1);
    static_assert(written_graph_of(transpose(transpose(W))).size() == 3);
}
BOOST_AUTO_TEST_CASE(reshape_keeps_the_elements_and_their_order) {
    static_assert(has_shape<batch, 32>(reshape<batch, -1>(images)) &&
                  has_shape<batch, 8, 4>(reshape<batch, 8, 4>(images)));
    static_assert(has_shape<batch, 32>(reshape<-1, 32>(images)) && has_shape<6>(reshape<6>(W)) &&
                  has_shape<1, 1>(reshape<1, 1>(sum(x))));
    static_assert(has_shape<3, 1, 2>(reshape<3, -1, 2>(W)) && has_shape<>(reshape<>(parameter<"one", 1>)));
    static_assert(!Reshapable<decltype(W), 7> && !Reshapable<decltype(W), -1, -1> && !Reshapable<decltype(W), -1, 4> &&
                  !Reshapable<decltype(x), 6> && !Reshapable<decltype(W), batch, -1>);
    static_assert(!Reshapable<decltype(W), 0, -1> && !Reshapable<decltype(W), -2, 3> &&
                  !Reshapable<decltype(W), -2, -3>);
    BOOST_TEST(at(reshape<3, 2>(W)) == (list{1, 0, -1, 2, 1, 0}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(flatten_keeps_the_first_dimension) {
    static_assert(has_shape<batch, 32>(flatten(images)) && has_shape<batch, 3>(flatten(x)) &&
                  has_shape<2, 3>(flatten(W)));
    static_assert(!Flattenable<decltype(v)> && !Flattenable<decltype(sum(x))> && !Flattenable<decltype(transpose(x))>);
}
BOOST_AUTO_TEST_CASE(broadcast_to_stretches_and_never_shrinks) {
    static_assert(has_shape<batch, 3>(broadcast_to<batch, 3>(v)) && has_shape<5, 2, 3>(broadcast_to<5, 2, 3>(W)));
    static_assert(has_shape<2, 3>(broadcast_to<2, 3>(sum(x))));
    static_assert(Stretchable<decltype(v), 4, 3> && !Stretchable<decltype(v), 4> && !Stretchable<decltype(W), 3> &&
                  !Stretchable<decltype(W), 1, 3>);
    BOOST_TEST(at(broadcast_to<2, 3>(v)) == (list{1, 10, 100, 1, 10, 100}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(what_is_refused_says_why) {
    static_assert(why<detail::broadcast_rule<shape_of_arguments<2, 3>, 3>>.view() ==
                  "2 and 1 dimensions differ: broadcast_to cannot stretch (2, 3) to the smaller (3,)");
    static_assert(why<detail::reshape_rule<shape_of_arguments<2, 3>, 4, -1>>.view() ==
                  "6 elements do not divide by 4: reshape cannot turn (2, 3) into (4, -1); write reshape<6>");
    static_assert(
        why<detail::matmul_rule<shape_of<decltype(x)>, shape_of<decltype(W)>>>.view() ==
        "inner sizes 3 and 2 differ: matmul cannot multiply (batch, 3) by (2, 3); write matmul(a, transpose(b))");
    BOOST_TEST(why<detail::transpose_rule<shape<>>>.view() ==
               "2 dimensions wanted, 0 given: transpose cannot swap the last two of ()");
}

BOOST_AUTO_TEST_SUITE_END()
