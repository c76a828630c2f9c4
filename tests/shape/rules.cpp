// SPDX-License-Identifier: BSL-1.0
// The result shape of each operation, or the sentence why there is none, word by word.
#include <gradus/shape/rules.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace gradus;

namespace {

constexpr axis batch = axis_of<dimension<"batch">>;
constexpr axis steps = axis_of<dimension<"time">>;
constexpr axis hidden = axis_of<dimension<"hidden", 10>>;
constexpr axis classes = axis_of<dimension<"classes", 10>>;

std::string text(const dims& d) {
    sentence s;
    s << d;
    return std::string(s.view());
}
/// What a rule says: the shape, or the sentence. A rule that refuses must say so with and without a `fault`.
template <class Rule> std::string said(Rule rule) {
    fault f;
    const dims with = rule(&f);
    const dims without = rule(nullptr);
    BOOST_TEST(fits(with) == fits(without));
    BOOST_TEST(fits(with) == f.why.view().empty());
    return fits(with) ? text(with) : std::string(f.why.view());
}
std::string add(const dims& a, const dims& b) {
    return said([&](fault* f) { return rules::broadcast("add", a, b, f); });
}
std::string where(const dims& c, const dims& a, const dims& b) {
    return said([&](fault* f) { return rules::where(c, a, b, f); });
}
std::string matmul(const dims& a, const dims& b) {
    return said([&](fault* f) { return rules::matmul(a, b, f); });
}
std::string permute(const dims& a, const std::vector<int>& order) {
    return said([&](fault* f) { return rules::permute(a, order.data(), static_cast<int>(order.size()), f); });
}
std::string transpose(const dims& a) {
    return said([&](fault* f) { return rules::transpose(a, f); });
}
std::string reshape(const dims& a, const dims& to) {
    return said([&](fault* f) { return rules::reshape(a, to, f); });
}
std::string flatten(const dims& a, int keep = 1) {
    return said([&](fault* f) { return rules::flatten(a, keep, f); });
}
std::string sum(const dims& a, const std::vector<int>& list, bool keep = false) {
    return said([&](fault* f) { return rules::reduce("sum", a, list.data(), static_cast<int>(list.size()), keep, f); });
}
std::string cross_entropy(const dims& scores, const dims& target) {
    return said([&](fault* f) { return rules::cross_entropy(scores, target, f); });
}
std::string mse(const dims& a, const dims& b) {
    return said([&](fault* f) { return rules::same_shape("mse_loss", a, b, f); });
}
constexpr axis open{rules::inferred, nullptr};

/// NumPy's rule, written another way: sizes from the left after padding with ones.
std::string numpy(const std::vector<int>& a, const std::vector<int>& b) {
    const std::size_t rank = std::max(a.size(), b.size());
    dims result;
    for (std::size_t i = 0; i < rank; ++i) {
        const int x = i + a.size() < rank ? 1 : a[i + a.size() - rank];
        const int y = i + b.size() < rank ? 1 : b[i + b.size() - rank];
        if (x != y && x != 1 && y != 1) return "no";
        result.push_back({x == 1 ? y : x});
    }
    return text(result);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rules_of_shapes)

// broadcasting

BOOST_AUTO_TEST_CASE(equal_shapes_of_every_rank_stay) {
    dims d;
    for (int rank = 0; rank <= max_rank; ++rank) {
        BOOST_TEST(add(d, d) == text(d));
        if (rank < max_rank) d.push_back({rank + 2});
    }
}
BOOST_AUTO_TEST_CASE(missing_dimensions_and_ones_stretch) {
    BOOST_TEST(add({batch, {10}}, {{10}}) == "(batch, 10)");
    BOOST_TEST(add({{10}}, {batch, {10}}) == "(batch, 10)");
    BOOST_TEST(add({batch, {1}}, {{10}}) == "(batch, 10)");
    BOOST_TEST(add({{3}, {1}}, {{1}, {4}}) == "(3, 4)");
    BOOST_TEST(add({}, {{2}, {3}}) == "(2, 3)");
    BOOST_TEST(add({{2}, {3}}, {}) == "(2, 3)");
    BOOST_TEST(add({{1}}, {batch}) == "(batch,)");
    BOOST_TEST(add({{2}, {3}, {4}, {5}, {6}, {7}}, {{1}, {1}, {7}}) == "(2, 3, 4, 5, 6, 7)");
}
BOOST_AUTO_TEST_CASE(all_pairs_of_small_shapes_broadcast_as_in_numpy) {
    std::vector<std::vector<int>> shapes{{}};
    for (std::size_t i = 0; shapes[i].size() < 3; ++i)
        for (int n : {1, 2, 3}) {
            shapes.push_back(shapes[i]);
            shapes.back().push_back(n);
        }
    int refused = 0;
    for (const auto& a : shapes)
        for (const auto& b : shapes) {
            dims x, y;
            for (int n : a) x.push_back({n});
            for (int n : b) y.push_back({n});
            const dims got = rules::broadcast("add", x, y);
            BOOST_TEST((fits(got) ? text(got) : "no") == numpy(a, b), text(x) << " and " << text(y));
            refused += !fits(got);
        }
    BOOST_TEST(refused > 100);  // of 1600
}
BOOST_AUTO_TEST_CASE(a_name_is_kept_from_the_side_that_has_one) {
    BOOST_TEST(add({batch, {10}}, {classes}) == "(batch, classes=10)");
    BOOST_TEST(add({batch, classes}, {{10}}) == "(batch, classes=10)");
    BOOST_TEST(add({batch, {1}}, {classes}) == "(batch, classes=10)");
}
BOOST_AUTO_TEST_CASE(sizes_that_clash_stand_first) {
    BOOST_TEST(add({batch, {64}}, {{10}}) ==
               "64 and 10 differ in the last dimension: add cannot combine (batch, 64) and (10,)");
    BOOST_TEST(add({{2}, {3}}, {{4}, {3}}) == "2 and 4 differ in dimension 0: add cannot combine (2, 3) and (4, 3)");
    BOOST_TEST(add({batch}, {steps}) ==
               "batch and time are different names in the last dimension: add cannot combine (batch,) and "
               "(time,); write one dim for both, if it is one size");
    BOOST_TEST(add({batch}, {{32}}) ==
               "batch and 32 differ in the last dimension: add cannot combine (batch,) and (32,)");
}
BOOST_AUTO_TEST_CASE(different_names_of_one_size_clash) {
    BOOST_TEST(add({batch, hidden}, {batch, classes}) ==
               "hidden=10 and classes=10 are different names in the last dimension: add cannot combine (batch, "
               "hidden=10) and (batch, classes=10); write rename<\"hidden\">(b) if the same is meant");
    const axis left{1, name_of<"left">()}, right{1, name_of<"right">()};
    BOOST_TEST(add({left}, {right}) ==
               "left=1 and right=1 are different names in the last dimension: add cannot combine (left=1,) and "
               "(right=1,); write rename<\"left\">(b) if the same is meant");
}
BOOST_AUTO_TEST_CASE(a_fault_has_the_two_sizes) {
    fault f;
    BOOST_TEST(!fits(rules::broadcast("add", {batch, {64}}, {{10}}, &f)));
    BOOST_TEST(f.first == 64);
    BOOST_TEST(f.second == 10);
}
BOOST_AUTO_TEST_CASE(a_column_and_a_vector_are_no_operands_of_a_person) {
    fault f;
    BOOST_TEST(fits(rules::broadcast("sub", {{442}, {1}}, {{442}})));
    BOOST_TEST(!fits(rules::elementwise("sub", {{442}, {1}}, {{442}}, &f)));
    BOOST_TEST(f.why.view() ==
               "1 and 442 in the last dimension would pair all with all: sub of (442, 1) and (442,); "
               "write reshape<442, 1> of the (442,)");
    BOOST_TEST(f.first == 1);
    BOOST_TEST(f.second == 442);
    f = {};
    BOOST_TEST(!fits(rules::elementwise("mul", {{7}}, {{3}, {1}, {2}}, &f)));  // does not even broadcast
    f = {};
    BOOST_TEST(!fits(rules::elementwise("mul", {{7}, {2}}, {{3}, {1}, {2}}, &f)));
    BOOST_TEST(f.why.view() ==
               "1 and 7 in dimension 1 would pair all with all: mul of (7, 2) and (3, 1, 2); "
               "write reshape<1, 7, 2> of the (7, 2) if pairs are meant");
    // What was asked for by its shape, a bias, a scalar and a single number stay.
    BOOST_TEST(fits(rules::elementwise("mul", {{442}, {1}}, {{1}, {7}})));
    BOOST_TEST(fits(rules::elementwise("add", {batch, {10}}, {{10}})));
    BOOST_TEST(fits(rules::elementwise("add", {batch, {1}}, {{1}})));
    BOOST_TEST(fits(rules::elementwise("add", {batch, {1}}, {})));
    BOOST_TEST(fits(rules::elementwise("add", {{3}, {4}, {5}}, {{1}, {5}})));
}

BOOST_AUTO_TEST_CASE(where_broadcasts_all_three) {
    BOOST_TEST(where({batch, {1}}, {{10}}, {}) == "(batch, 10)");
    BOOST_TEST(where({}, {batch}, {batch}) == "(batch,)");
    BOOST_TEST(where({{2}}, {{3}}, {}) == "2 and 3 differ in the last dimension: where cannot combine (2,) and (3,)");
    BOOST_TEST(where({{2}}, {{3}}, {{4}}) ==
               "3 and 4 differ in the last dimension: where cannot combine (3,) and (4,)");
}

// matmul

BOOST_AUTO_TEST_CASE(a_product_spends_the_inner_sizes) {
    BOOST_TEST(matmul({{32}, {128}}, {{128}, {10}}) == "(32, 10)");
    BOOST_TEST(matmul({batch, {64}}, {{64}, classes}) == "(batch, classes=10)");
    BOOST_TEST(matmul({batch, hidden}, {{10}, {3}}) == "(batch, 3)");
}
BOOST_AUTO_TEST_CASE(a_vector_is_a_row_on_the_left_and_a_column_on_the_right) {
    BOOST_TEST(matmul({{4}}, {{4}, {3}}) == "(3,)");
    BOOST_TEST(matmul({{3}, {4}}, {{4}}) == "(3,)");
    BOOST_TEST(matmul({{4}}, {{4}}) == "()");
    BOOST_TEST(matmul({{4}}, {batch, {4}, {3}}) == "(batch, 3)");
    BOOST_TEST(matmul({batch, {3}, {4}}, {{4}}) == "(batch, 3)");
}
BOOST_AUTO_TEST_CASE(leading_dimensions_are_batches_and_broadcast) {
    BOOST_TEST(matmul({batch, {3}, {4}}, {batch, {4}, {5}}) == "(batch, 3, 5)");
    BOOST_TEST(matmul({batch, {3}, {4}}, {{4}, {5}}) == "(batch, 3, 5)");
    BOOST_TEST(matmul({{1}, {3}, {4}}, {{7}, {1}, {4}, {5}}) == "(7, 1, 3, 5)");
    BOOST_TEST(matmul({{2}, {3}, {4}, {5}, {6}, {7}}, {{7}, {8}}) == "(2, 3, 4, 5, 6, 8)");
}
BOOST_AUTO_TEST_CASE(a_product_names_both_inner_sizes) {
    BOOST_TEST(matmul({{32}, {128}}, {{100}, {10}}) ==
               "inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10)");
    BOOST_TEST(matmul({batch, {64}}, {{10}, {64}}) ==
               "inner sizes 64 and 10 differ: matmul cannot multiply (batch, 64) by (10, 64); "
               "write matmul(a, transpose(b))");
    BOOST_TEST(matmul({batch, hidden}, {classes, {3}}) ==
               "inner names hidden=10 and classes=10 differ: matmul cannot multiply (batch, hidden=10) by "
               "(classes=10, 3); write rename<\"hidden\", \"\">(b) if the same is meant");
    BOOST_TEST(matmul({{4}}, {{5}}) == "inner sizes 4 and 5 differ: matmul cannot multiply (4,) by (5,)");
    BOOST_TEST(
        matmul({{4}, {1}}, {{3}, {4}}) ==
        "inner sizes 1 and 3 differ: matmul cannot multiply (4, 1) by (3, 4); write matmul(b, a)");  // an inner 1 does
                                                                                                     // not stretch
}
BOOST_AUTO_TEST_CASE(a_scalar_is_not_a_matrix) {
    BOOST_TEST(matmul({}, {{4}, {3}}) ==
               "a scalar has no inner size: matmul cannot multiply () by (4, 3); write a * b");
    BOOST_TEST(matmul({{4}}, {}) == "a scalar has no inner size: matmul cannot multiply (4,) by (); write a * b");
}
BOOST_AUTO_TEST_CASE(batches_of_a_product_must_broadcast) {
    BOOST_TEST(matmul({{2}, {3}, {4}}, {{5}, {4}, {6}}) ==
               "batch sizes 2 and 5 differ: matmul cannot multiply (2, 3, 4) by (5, 4, 6)");
}

// permute, transpose

BOOST_AUTO_TEST_CASE(permute_says_where_each_dimension_comes_from) {
    BOOST_TEST(permute({batch, {8}, {4}}, {0, 2, 1}) == "(batch, 4, 8)");
    BOOST_TEST(permute({batch, {8}, {4}}, {1, 2, 0}) == "(8, 4, batch)");
    BOOST_TEST(permute({batch, {8}, {4}}, {-1, 0, -2}) == "(4, batch, 8)");
    BOOST_TEST(permute({}, {}) == "()");
    BOOST_TEST(permute({{1}, {2}, {3}, {4}, {5}, {6}}, {5, 4, 3, 2, 1, 0}) == "(6, 5, 4, 3, 2, 1)");
}
BOOST_AUTO_TEST_CASE(an_order_has_each_dimension_once) {
    BOOST_TEST(permute({batch, {64}}, {0, 2, 1}) ==
               "3 dimensions ordered, 2 given: permute<0, 2, 1> cannot reorder (batch, 64); write permute<0, 1>");
    BOOST_TEST(permute({batch, {64}}, {0, 0}) ==
               "dimension 0 stands twice in the order: permute<0, 0> cannot reorder (batch, 64); write "
               "permute<0, 1>");
    BOOST_TEST(permute({batch, {64}}, {0, 2}) ==
               "dimension 2 of 2 does not exist: permute<0, 2> cannot reorder (batch, 64); write permute<0, 1>");
    BOOST_TEST(permute({batch, {64}}, {1, -1}) ==
               "dimension -1 stands twice in the order: permute<1, -1> cannot reorder (batch, 64); write "
               "permute<1, 0>");
    BOOST_TEST(permute({batch}, {}) == "0 dimensions ordered, 1 given: permute<> cannot reorder (batch,)");
    BOOST_TEST(permute({{1}, {2}}, {0, 1, 2, 3, 4, 5, 6, 7}) ==
               "8 dimensions ordered, 2 given: permute<0, 1, 2, 3, 4, 5, 6, 7> cannot reorder (1, 2); write "
               "permute<0, 1>");
}
BOOST_AUTO_TEST_CASE(transpose_swaps_the_last_two) {
    BOOST_TEST(transpose({{10}, {64}}) == "(64, 10)");
    BOOST_TEST(transpose({batch, {3}, classes}) == "(batch, classes=10, 3)");
    BOOST_TEST(transpose({{10}}) ==
               "2 dimensions wanted, 1 given: transpose cannot swap the last two of (10,); write reshape<10, "
               "1> for a column");
    BOOST_TEST(transpose({}) == "2 dimensions wanted, 0 given: transpose cannot swap the last two of ()");
}

// reshape, flatten

BOOST_AUTO_TEST_CASE(reshape_keeps_the_elements) {
    BOOST_TEST(reshape({batch, {64}}, {batch, {8}, {8}}) == "(batch, 8, 8)");
    BOOST_TEST(reshape({batch, {64}}, {{8}, batch, {8}}) == "(8, batch, 8)");
    BOOST_TEST(reshape({}, {{1}, {1}}) == "(1, 1)");
    BOOST_TEST(reshape({{1}}, {}) == "()");
    BOOST_TEST(reshape({batch, {10}}, {batch, classes}) == "(batch, classes=10)");
}
BOOST_AUTO_TEST_CASE(reshape_works_one_size_out) {
    BOOST_TEST(reshape({batch, {8}, {8}}, {batch, open}) == "(batch, 64)");
    BOOST_TEST(reshape({batch, {64}}, {batch, open, {4}}) == "(batch, 16, 4)");
    BOOST_TEST(reshape({batch, {64}}, {open, {64}}) == "(batch, 64)");  // what is open is the batch
    BOOST_TEST(reshape({batch, {64}}, {batch, {64}, open}) == "(batch, 64, 1)");
    BOOST_TEST(reshape({}, {open}) == "(1,)");
}
BOOST_AUTO_TEST_CASE(reshape_says_why_not) {
    BOOST_TEST(reshape({batch, {64}}, {batch, {6}, {10}}) ==
               "60 and 64 elements differ: reshape cannot turn (batch, 64) into (batch, 6, 10); write "
               "reshape<batch, 64>");
    BOOST_TEST(reshape({batch, {64}}, {open, open}) ==
               "2 sizes are left open, 1 can be: reshape cannot turn (batch, 64) into (-1, -1); write "
               "reshape<batch, 64>");
    BOOST_TEST(reshape({batch, {64}}, {batch, open, {7}}) ==
               "64 elements do not divide by 7: reshape cannot turn (batch, 64) into (batch, -1, 7); write "
               "reshape<batch, 64>");
    BOOST_TEST(reshape({batch, {64}}, {{64}}) ==
               "the symbolic dimensions differ: reshape cannot turn (batch, 64) into (64,); write "
               "reshape<batch, 64>");
    BOOST_TEST(reshape({batch, {64}}, {steps, {64}}) ==
               "the symbolic dimensions differ: reshape cannot turn (batch, 64) into (time, 64); write "
               "reshape<batch, 64>");
    BOOST_TEST(reshape({{4}, {8}}, {batch, open}) ==
               "the symbolic dimensions differ: reshape cannot turn (4, 8) into (batch, -1); write reshape<32>");
    BOOST_TEST(reshape({batch, {8}}, {batch, batch, {8}}) ==
               "the symbolic dimensions differ: reshape cannot turn (batch, 8) into (batch, batch, 8); write "
               "reshape<batch, 8>");
    BOOST_TEST(reshape({batch, {64}}, {open, {32}}) ==  // 2 * batch is not a dimension
               "32 and 64 elements differ: reshape cannot turn (batch, 64) into (-1, 32); write reshape<batch, 64>");
}
BOOST_AUTO_TEST_CASE(reshape_takes_no_size_below_one) {
    BOOST_TEST(reshape({{4}, {8}}, {{0}, open}) ==
               "a size is at least 1, not 0: reshape cannot turn (4, 8) into (0, -1); write reshape<32>");
    BOOST_TEST(reshape({{4}, {8}}, {{4}, {-2}}) ==
               "a size is at least 1, not -2: reshape cannot turn (4, 8) into (4, -2); write reshape<4, 8>");
    BOOST_TEST(reshape({{4}, {8}}, {{-4}, {-8}}) ==
               "a size is at least 1, not -8: reshape cannot turn (4, 8) into (-4, -8); write reshape<32>");
}
BOOST_AUTO_TEST_CASE(flatten_makes_one_dimension_of_all_but_the_first) {
    BOOST_TEST(flatten({batch, {3}, {8}, {8}}) == "(batch, 192)");
    BOOST_TEST(flatten({batch, classes}) == "(batch, classes=10)");
    BOOST_TEST(flatten({batch, {3}, {8}}, 2) == "(batch, 3, 8)");
    BOOST_TEST(flatten({{3}, {8}}, 0) == "(24,)");
    BOOST_TEST(flatten({{10}}) ==
               "2 dimensions wanted, 1 given: flatten keeps the first of (10,) and has nothing to flatten; "
               "write it without flatten");
    BOOST_TEST(flatten({{4}, batch}) ==
               "a dimension that is known only when the program runs cannot be flattened: flatten of (4, batch)");
}

// reductions

BOOST_AUTO_TEST_CASE(a_reduction_drops_or_keeps_its_dimensions) {
    BOOST_TEST(sum({batch, {64}}, {}) == "()");
    BOOST_TEST(sum({batch, {64}}, {}, true) == "(1, 1)");
    BOOST_TEST(sum({batch, {64}}, {0}) == "(64,)");
    BOOST_TEST(sum({batch, {64}}, {-1}) == "(batch,)");
    BOOST_TEST(sum({batch, {64}}, {1}, true) == "(batch, 1)");
    BOOST_TEST(sum({{2}, {3}, {4}, {5}, {6}, {7}}, {0, -2, 3}) == "(3, 4, 7)");
    BOOST_TEST(sum({}, {}) == "()");
}
BOOST_AUTO_TEST_CASE(a_reduction_names_the_wrong_dimension) {
    BOOST_TEST(sum({batch, {64}}, {2}) ==
               "dimension 2 of 2 does not exist: sum<2> of (batch, 64); write sum<1> for the last");
    BOOST_TEST(sum({batch, {64}}, {-3}) ==
               "dimension -3 of 2 does not exist: sum<-3> of (batch, 64); write sum<1> for the last");
    BOOST_TEST(sum({batch, {64}}, {1, -1}) == "dimension -1 is named twice: sum<1, -1> of (batch, 64); write sum<1>");
    BOOST_TEST(sum({}, {0}) == "a scalar has no dimension 0: sum<0> of ()");
}
BOOST_AUTO_TEST_CASE(a_mask_has_one_bit_for_each_dimension) {
    const dims d{{2}, {3}, {4}};
    const auto mask = [&](const std::vector<int>& list) {
        return rules::axes_mask(d, list.data(), static_cast<int>(list.size()));
    };
    BOOST_TEST(mask({}) == 7);
    BOOST_TEST(mask({0}) == 1);
    BOOST_TEST(mask({-1, 0}) == 5);
    BOOST_TEST(mask({3}) == -1);
    BOOST_TEST(mask({0, 0}) == -1);
}

// losses

BOOST_AUTO_TEST_CASE(cross_entropy_takes_indices_or_probabilities) {
    BOOST_TEST(cross_entropy({batch, {10}}, {batch}) == "(batch,)");
    BOOST_TEST(cross_entropy({batch, {10}}, {batch, classes}) == "(batch,)");
    BOOST_TEST(cross_entropy({{10}}, {}) == "()");
    BOOST_TEST(cross_entropy({batch, steps, {10}}, {batch, steps}) == "(batch, time)");
}
BOOST_AUTO_TEST_CASE(cross_entropy_says_why_not) {
    BOOST_TEST(cross_entropy({batch, {10}}, {batch, {9}}) ==
               "9 probabilities for 10 classes: cross_entropy of (batch, 10) scores and a (batch, 9) target");
    BOOST_TEST(cross_entropy({{32}, {10}}, {{31}}) ==
               "32 and 31 differ in dimension 0: cross_entropy of (32, 10) scores and a (31,) target");
    BOOST_TEST(cross_entropy({batch, {10}}, {}) ==
               "2 dimensions or one fewer wanted, 0 given: cross_entropy of (batch, 10) scores and a () target");
    BOOST_TEST(cross_entropy({batch}, {batch, {10}}) ==
               "1 dimension or one fewer wanted, 2 given: cross_entropy of (batch,) scores and a (batch, 10) "
               "target; write the scores first: cross_entropy(target, scores)");
    BOOST_TEST(cross_entropy({}, {}) == "a scalar has no classes: cross_entropy of () scores and a () target");
}
BOOST_AUTO_TEST_CASE(a_comparing_loss_stretches_nothing) {
    BOOST_TEST(mse({batch, {10}}, {batch, classes}) == "(batch, classes=10)");
    BOOST_TEST(mse({}, {}) == "()");
    BOOST_TEST(mse({{442}, {1}}, {{442}}) ==
               "2 and 1 dimensions differ: mse_loss compares (442, 1) with (442,) and stretches nothing; write "
               "reshape<442, 1>(b)");
    BOOST_TEST(mse({batch, {1}}, {batch, {10}}) ==
               "1 and 10 differ in dimension 1: mse_loss compares (batch, 1) with (batch, 10) and stretches nothing");
}
BOOST_AUTO_TEST_CASE(rules_work_while_compiling) {
    static_assert(rules::matmul({{2}, {3}}, {{3}, {4}}) == dims{{2}, {4}});
    static_assert(!fits(rules::matmul({{2}, {3}}, {{2}, {4}})));
}

BOOST_AUTO_TEST_CASE(a_way_out_is_named_where_there_is_one) {
    BOOST_TEST(add({{3}, {4}}, {{4}, {3}}).ends_with("; write transpose(b)"));
    BOOST_TEST(add({{3}, {4}}, {{3}}).ends_with("; write reshape<3, 1>(b), a column"));
    BOOST_TEST(add({{3}}, {{3}, {4}}).ends_with("; write reshape<3, 1>(a), a column"));
    BOOST_TEST(
        add({hidden, batch}, {classes, batch}).ends_with("; write rename<\"hidden\", \"\">(b) if the same is meant"));
    BOOST_TEST(matmul({{64}, {10}}, {{64}}).ends_with("; write matmul(transpose(a), b)"));
    BOOST_TEST(matmul({{64}, {10}}, {{5}, {64}}).ends_with("; write matmul(b, a)"));
    BOOST_TEST(
        matmul({batch, {3}, {4}}, {steps, {4}, {6}}) ==
        "batch names batch and time differ: matmul cannot multiply (batch, 3, 4) by (time, 4, 6); write one dim for "
        "both, if it is one size");
    BOOST_TEST(permute({{8}, {4}, {2}}, {0, 2}).ends_with("; write permute<0, 2, 1>"));
    BOOST_TEST(reshape({batch, {64}}, {batch, {8}, {9}}).ends_with("; write reshape<batch, 8, 8>"));
    BOOST_TEST(sum({batch, {64}}, {5, 7}).ends_with("; write sum<-1>"));
    BOOST_TEST(cross_entropy({batch, {10}}, {batch, {1}}) ==
               "1 probability for 10 classes: cross_entropy of (batch, 10) scores and a (batch, 1) target; for class "
               "indices write reshape<batch>(target)");
    BOOST_TEST(cross_entropy({batch, hidden}, {batch, classes})
                   .ends_with("; write rename<\"hidden\">(b) if the same is meant"));
    BOOST_TEST(mse({{2}, {3}}, {{3}, {2}}).ends_with("; write transpose(b)"));
}
BOOST_AUTO_TEST_CASE(rename_changes_names_and_no_size) {
    const auto rename = [](const dims& a, std::initializer_list<const char*> names) {
        return said([&](fault* f) { return rules::rename(a, names.begin(), static_cast<int>(names.size()), f); });
    };
    BOOST_TEST(rename({batch, hidden}, {"classes"}) == "(batch, classes=10)");
    BOOST_TEST(rename({hidden, {3}}, {"classes", ""}) == "(classes=10, 3)");
    BOOST_TEST(rename({batch, {3}}, {"batch", "rgb"}) == "(batch, rgb=3)");
    BOOST_TEST(
        rename({batch, {8}, {8}}, {"a", "b"}) ==
        "2 names for 3 dimensions: rename<\"a\", \"b\"> of (batch, 8, 8); write one for each, or one for the last");
    BOOST_TEST(rename({}, {"a"}) == "a scalar has no dimension to rename: rename<\"a\"> of ()");
    BOOST_TEST(rename({batch}, {"time"}) ==
               "names of sizes that are known only when the program runs stand for the sizes: rename<\"time\"> of "
               "(batch,); write dim<\"time\"> where batch is declared");
}

BOOST_AUTO_TEST_SUITE_END()
