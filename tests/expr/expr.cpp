// SPDX-License-Identifier: BSL-1.0
// Typed expressions are hash-consed: equal content is one type, different content another.
#include "value.hpp"
#include <boost/hana/at.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/size.hpp>
#include <boost/test/unit_test.hpp>
#include <unordered_map>

using namespace gradus;
namespace hana = boost::hana;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch, 4>;
constexpr auto W = parameter<"W", 4, 4>;

template <class E> constexpr std::uint64_t id_of = detail::parts_of<std::remove_cvref_t<E>>::id;
template <class E> constexpr int numbers_in = detail::parts_of<std::remove_cvref_t<E>>::numbers;

/// How many nodes an expression has when shared ones are counted as often as they are used.
template <class E> constexpr int tree_size(E e) {
    return hana::fold_left(operands(e), 1, [](int n, auto operand) { return n + tree_size(operand); });
}

// One id for each of many values.
struct ids {
    std::unordered_map<std::uint64_t, std::string> seen;
    int doubled = 0;
    void take(std::uint64_t id, const std::string& what) {
        const auto [at, isnew] = seen.try_emplace(id, what);
        if (isnew) return;
        ++doubled;
        BOOST_TEST_MESSAGE(what << " has the id of " << at->second);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(expr_)

// equal content, equal type

BOOST_AUTO_TEST_CASE(equal_content_is_one_type) {
    static_assert(same_type(x + y, input<"x", batch, 4> + input<"y", dim<"batch">, 4>));
    static_assert(same_type(relu(matmul(x, W)), relu(matmul(x, W))));
    static_assert(same_type(constant<2>, constant<2.0>));
    static_assert(same_type(2 * x, 2.f * x) && same_type(2 * x, 3 * x));  // the value travels as a value
}
BOOST_AUTO_TEST_CASE(one_operation_written_in_two_ways_is_one_type) {
    static_assert(same_type(sum<1>(x), sum<-1>(x)) && same_type(sum(x), sum<0, 1>(x)) &&
                  same_type(sum<0, 1>(x), sum<1, 0>(x)));
    static_assert(same_type(transpose(W), permute<1, 0>(W)) && same_type(permute<-1, 0>(W), permute<1, -2>(W)));
    static_assert(same_type(softmax(x), softmax<1>(x)) && same_type(argmax(x), argmax<-1>(x)));
    static_assert(same_type(reshape<batch, -1>(x), reshape<batch, 4>(x)));
    static_assert(same_type(reshape<batch, 2, 2>(x), reshape<batch, -1, 2>(x)));
    static_assert(same_type(square(x), pow<2>(x)));
}
BOOST_AUTO_TEST_CASE(other_content_is_another_type) {
    static_assert(!same_type(x, y) && !same_type(x, parameter<"x", batch, 4>));
    static_assert(!same_type(x, input<"x", batch, 5>) && !same_type(x, input<"x", dim<"rows">, 4>));
    static_assert(!same_type(x, input<"x", batch, dim<"n", 4>>));
    static_assert(!same_type(x + y, x - y) && !same_type(exp(x), log(x)));
    static_assert(!same_type(sum<0>(W), sum<1>(W)) && !same_type(sum(W), mean(W)));
    static_assert(!same_type(permute<0, 1>(W), permute<1, 0>(W)));  // same shape, another order
    static_assert(!same_type(softmax<0>(W), softmax<1>(W)));
    static_assert(!same_type(pow<2>(x), pow<3>(x)) && !same_type(x * constant<0.0>, x * constant<-0.0>));
    static_assert(!same_type(x + 2, x + constant<2>));
}
BOOST_AUTO_TEST_CASE(operands_are_kept_as_they_are_written) {
    static_assert(!same_type(x + y, y + x) && !same_type(x * y, y * x));
    static_assert(!same_type((x + y) + x, x + (y + x)));
    static_assert(!same_type(2 * x, x * 2));
}
BOOST_AUTO_TEST_CASE(a_number_and_a_constant_may_change_places) {
    // Both have no attributes but their kind: their ids once were the same, and so were those of these two formulas.
    static_assert(!same_type((x + constant<0.0>)*2, (x + 2) * constant<0.0>));
    static_assert(!same_type(where(x, constant<0.0>, 1), where(x, 1, constant<0.0>)));
}
BOOST_AUTO_TEST_CASE(ids_of_thousands_of_nodes_differ) {
    ids all;
    std::vector<std::uint64_t> made;
    const auto take = [&](std::uint64_t id, const std::string& what) {
        all.take(id, what);
        made.push_back(id);
    };
    std::vector<dims> shapes{{}};
    for (std::int64_t n : {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{10}}) {
        shapes.push_back({{n}});
        for (const char* name : {name_of<"batch">(), name_of<"a">(), name_of<"b">()}) {
            shapes.push_back({{n, name}});
            shapes.push_back({{symbolic, name}, {n}});
            shapes.push_back({{n}, {symbolic, name}});
            shapes.push_back({{n}, {1, name}, {n}, {2}, {1}, {n, name}});
        }
    }
    for (const dims& s : shapes) BOOST_TEST(s.rank <= max_rank);
    // leaves: kind, name, shape
    for (op kind : {op::input, op::parameter, op::placeholder})
        for (int name = 0; name < 20; ++name)
            for (std::size_t s = 0; s < shapes.size(); ++s)
                take(detail::mix(
                         detail::mix(static_cast<std::uint64_t>(kind), detail::hash_text(std::to_string(name).c_str())),
                         detail::hash_of(shapes[s])),
                     "leaf " + std::to_string(name) + " " + std::to_string(s));
    // operations: kind, attributes, shape, operands
    std::vector<attributes> attrs(1);
    for (int i = 0; i < 3; ++i) {
        attributes a;
        a.axes = 1 << i;
        attrs.push_back(a);
        a.keep = true;
        attrs.push_back(a);
        a = {};
        a.order[i] = 1;
        attrs.push_back(a);
        a = {};
        a.value = 0.5 * i + 0.5;
        attrs.push_back(a);
        a.value = -a.value;
        attrs.push_back(a);
    }
    attributes literal;
    literal.literal = 1;
    attrs.push_back(literal);
    const std::vector<std::uint64_t> leaves(made.begin(), made.begin() + 12);
    for (int o = 0; o < static_cast<int>(op::count); ++o)
        for (std::size_t a = 0; a < attrs.size(); ++a)
            for (std::size_t s = 0; s < 8; ++s) {
                const std::string what = "op " + std::to_string(o) + " " + std::to_string(a) + " " + std::to_string(s);
                const auto id = [&](std::initializer_list<std::uint64_t> operands) {
                    return detail::operation_id(static_cast<op>(o), detail::hash_of(attrs[a]),
                                                detail::hash_of(shapes[s]), operands);
                };
                take(id({}), what);
                for (std::uint64_t p : leaves) take(id({p}), what + " one");
                for (std::uint64_t p : leaves)
                    for (std::uint64_t q : leaves) take(id({p, q}), what + " two");
                take(id({leaves[0], leaves[1], leaves[2]}), what);
                take(id({leaves[2], leaves[1], leaves[0]}), what);
            }
    BOOST_TEST(made.size() > 900000u);
    BOOST_TEST(all.doubled == 0);
}
BOOST_AUTO_TEST_CASE(hundreds_of_types_differ) {
    const auto ids_of = []<int... I>(std::integer_sequence<int, I...>) {
        return std::vector<std::uint64_t>{id_of<decltype(x + constant<0.5 * I>)>...,
                                          id_of<decltype(constant<0.5 * I> + x)>...,
                                          id_of<decltype(x * constant<0.5 * I> + y)>...};
    }
    (std::make_integer_sequence<int, 60>{});
    ids all;
    for (std::uint64_t id : ids_of) all.take(id, "type");
    BOOST_TEST(all.doubled == 0);
    BOOST_TEST(all.seen.size() == 180u);
}

// what an expression is

BOOST_AUTO_TEST_CASE(an_expression_without_numbers_holds_nothing) {
    static_assert(std::is_empty_v<decltype(relu(matmul(x, W)) + y)>);
    static_assert(sizeof(2 * x + 1) == 2 * sizeof(double));
}
BOOST_AUTO_TEST_CASE(an_expression_has_the_shape_of_its_type) {
    static_assert(has_shape<batch, 4>(x) && has_shape<batch, 4>(relu(x) + 1));
    static_assert(Expression<decltype(x)> && Expression<decltype(x + y)> && !Expression<int> && !Expression<invalid>);
}
BOOST_AUTO_TEST_CASE(a_record_says_all_that_a_type_does) {
    constexpr record r = record_of<std::remove_cvref_t<decltype(sum<1>(x + y, keepdims))>>;
    static_assert(r.operation == op::sum && r.arity == 1 && r.attrs.axes == 2 && r.attrs.keep);
    static_assert(r.shape == dims{axis_of<dimension<"batch">>, {1}});
    static_assert(r.operands[0]->operation == op::add && r.operands[0]->arity == 2);
    static_assert(std::string_view(r.operands[0]->operands[1]->name) == "y");
    static_assert(r.operands[0]->operands[0] ==
                  &record_of<std::remove_cvref_t<decltype(x)>>);  // one record for one type
    static_assert(r.id == id_of<decltype(sum<1>(x + y, keepdims))>);
    BOOST_TEST(r.operands[0]->operands[0]->name == std::string("x"));
}

// walking with Hana

BOOST_AUTO_TEST_CASE(operands_are_a_hana_tuple) {
    constexpr auto e = where(x > y, x, y);
    static_assert(decltype(hana::size(operands(e)))::value == 3);
    static_assert(decltype(hana::size(operands(x)))::value == 0);
    static_assert(same_type(hana::at_c<1>(operands(e)), std::remove_cvref_t<decltype(x)>{}));
    static_assert(same_type(hana::at_c<0>(operands(e)), x > y));
}
BOOST_AUTO_TEST_CASE(an_expression_is_walked_with_for_each_and_fold_left) {
    std::string names;
    hana::for_each(operands(2 * x + y),
                   [&](auto operand) { names += info(record_of<decltype(operand)>.operation).name; });
    BOOST_TEST(names == "mulinput");
    static_assert(tree_size(x) == 1);
    static_assert(tree_size(matmul(x, W) + y) == 5);
    static_assert(tree_size((x + y) * (x + y)) == 7);
}

// plain numbers

BOOST_AUTO_TEST_CASE(numbers_are_counted_and_kept_in_the_order_in_which_they_are_written) {
    constexpr auto e = 2.f * x * x + 3 * x;
    static_assert(numbers_in<decltype(e)> == 2);
    static_assert(e.values[0] == 2 && e.values[1] == 3);
    constexpr auto f = (x - 1) * (x - 2) / (4 - x) + 5;
    static_assert(numbers_in<decltype(f)> == 4);
    static_assert(f.values == std::array<double, 4>{1, 2, 4, 5});
    constexpr auto g = where(x > 0, x, 0.01 * x);
    static_assert(g.values == std::array<double, 2>{0, 0.01});
    constexpr auto h = sum(exp(f)) + g;
    static_assert(h.values == std::array<double, 6>{1, 2, 4, 5, 0, 0.01});
}
BOOST_AUTO_TEST_CASE(one_type_holds_other_numbers) {
    auto e = 2 * x + 1;
    const auto f = 3 * x + 4;
    static_assert(same_type(2 * x + 1, 3 * x + 4));
    BOOST_TEST(value_of(e, {{"x", {1, 2, 3, 4}}}, {1}) == (std::vector<double>{3, 5, 7, 9}),
               boost::test_tools::per_element());
    BOOST_TEST(value_of(f, {{"x", {1, 2, 3, 4}}}, {1}) == (std::vector<double>{7, 10, 13, 16}),
               boost::test_tools::per_element());
    e = f;
    BOOST_TEST(value_of(e, {{"x", {1, 2, 3, 4}}}, {1}) == (std::vector<double>{7, 10, 13, 16}),
               boost::test_tools::per_element());
}
BOOST_AUTO_TEST_CASE(a_number_may_come_at_run_time) {
    for (double rate : {0.5, -2.0}) {
        const auto e = x - rate * y;
        BOOST_TEST(value_of(e, {{"x", {1, 2, 3, 4}}, {"y", {4, 3, 2, 1}}}, {1}) ==
                       (std::vector<double>{1 - 4 * rate, 2 - 3 * rate, 3 - 2 * rate, 4 - rate}),
                   boost::test_tools::per_element());
    }
}
BOOST_AUTO_TEST_CASE(equal_types_with_other_numbers_in_one_expression_stay_apart) {
    constexpr auto e = (x - 1) * (x - 2);  // both factors have one type
    static_assert(same_type(x - 1, x - 2));
    BOOST_TEST(value_of(e, {{"x", {0, 1, 2, 3}}}, {1}) == (std::vector<double>{2, 0, 0, 2}),
               boost::test_tools::per_element());
    const auto three = (2 * x + 1) * ((2 * x + 3) - (5 * x + 7));
    std::vector<double> wanted;
    for (double v : {0., 1., 2., 3.}) wanted.push_back((2 * v + 1) * ((2 * v + 3) - (5 * v + 7)));
    BOOST_TEST(value_of(three, {{"x", {0, 1, 2, 3}}}, {1}) == wanted, boost::test_tools::per_element());
}
BOOST_AUTO_TEST_CASE(an_input_takes_a_tensor_by_reference) {
    const int images = 5;
    const auto b = x = images;
    static_assert(std::is_same_v<decltype(b)::input, std::remove_cvref_t<decltype(x)>>);
    BOOST_TEST(&b.tensor == &images);
}

BOOST_AUTO_TEST_SUITE_END()
