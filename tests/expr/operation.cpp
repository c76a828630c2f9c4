// SPDX-License-Identifier: BSL-1.0
// The table of operations holds together.
#include <gradus/expr/operation.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace gradus;

BOOST_AUTO_TEST_SUITE(operation)

BOOST_AUTO_TEST_CASE(each_operation_has_its_row) {
    static_assert(std::size(operations) == static_cast<std::size_t>(op::count));
    static_assert(info(op::matmul).name == "matmul" && info(op::grad).operation == op::grad);
    for (std::size_t i = 0; i < std::size(operations); ++i)
        BOOST_TEST((info(static_cast<op>(i)).operation == static_cast<op>(i)));
}
BOOST_AUTO_TEST_CASE(names_are_unique) {
    std::set<std::string_view> names;
    for (const operation_info& o : operations)
        BOOST_TEST((names.insert(o.name).second || o.operation == op::cross_entropy_soft), o.name);
}
BOOST_AUTO_TEST_CASE(kinds_have_their_number_of_operands) {
    for (const operation_info& o : operations) {
        if (o.what == kind::leaf) BOOST_TEST(o.arity == 0, o.name);
        if (o.what == kind::view || o.what == kind::reduction) BOOST_TEST(o.arity == 1, o.name);
        if (o.what == kind::product) BOOST_TEST(o.arity == 2, o.name);
        BOOST_TEST((o.arity >= 0 && o.arity <= 3), o.name);
    }
}
BOOST_AUTO_TEST_CASE(operations_that_commute_have_two_operands) {
    std::set<op> commute;
    for (const operation_info& o : operations) {
        if (!o.commutative) continue;
        commute.insert(o.operation);
        BOOST_TEST(o.arity == 2, o.name);
    }
    BOOST_TEST((commute == std::set<op>{op::add, op::mul, op::maximum, op::minimum, op::equal, op::not_equal}));
}
BOOST_AUTO_TEST_CASE(steps_have_no_gradient) {
    for (op o : {op::less, op::less_equal, op::greater, op::greater_equal, op::equal, op::not_equal, op::sign,
                 op::argmax, op::one_hot})
        BOOST_TEST(!info(o).differentiable, info(o).name);
    for (op o : {op::add, op::relu, op::abs, op::max, op::where, op::matmul, op::cross_entropy})
        BOOST_TEST(info(o).differentiable, info(o).name);
}
BOOST_AUTO_TEST_CASE(what_is_drawn_has_a_glyph) {
    for (const operation_info& o : operations)
        if (o.what != kind::leaf && o.what != kind::typed_only) BOOST_TEST(!o.glyph.empty(), o.name);
}
BOOST_AUTO_TEST_CASE(attributes_are_compared_as_a_whole) {
    attributes a, b;
    static_assert(attributes{} == attributes{});
    b.order[5] = 1;
    BOOST_CHECK(!(a == b));
    b = a;
    b.powers[3] = -1;
    BOOST_CHECK(!(a == b));
    b = a;
    b.literal = 1;
    BOOST_CHECK(!(a == b));
    b = a;
    b.keep = true;
    BOOST_CHECK(!(a == b));
}

BOOST_AUTO_TEST_SUITE_END()
