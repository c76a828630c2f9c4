// SPDX-License-Identifier: BSL-1.0
// One dimension: a size, a name, or both; and when two agree.
#include <gradus/shape/dim.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace gradus;

namespace {
constexpr axis batch = axis_of<dimension<"batch">>;
constexpr axis time_steps = axis_of<dimension<"time">>;
constexpr axis hidden = axis_of<dimension<"hidden", 10>>;
constexpr axis classes = axis_of<dimension<"classes", 10>>;
constexpr axis ten = axis_of<sized<10>>;
constexpr axis one = axis_of<sized<1>>;

std::string text(const axis& a) {
    sentence s;
    s << a;
    return std::string(s.view());
}
}  // namespace

BOOST_AUTO_TEST_SUITE(dim_of)

BOOST_AUTO_TEST_CASE(a_name_alone_is_known_when_the_program_runs) {
    static_assert(std::is_same_v<decltype(dim<"batch">), const dimension<"batch", symbolic>>);
    static_assert(batch.is_symbolic() && !hidden.is_symbolic() && !ten.is_symbolic());
    static_assert(hidden.size == 10 && ten.size == 10);
    static_assert(std::string_view(hidden.name) == "hidden" && ten.name == nullptr);
}
BOOST_AUTO_TEST_CASE(a_template_argument_is_a_size_or_a_dimension) {
    static_assert(std::is_same_v<decltype(as_dimension<64>()), sized<64>>);
    static_assert(std::is_same_v<decltype(as_dimension<64u>()), sized<64>>);
    static_assert(std::is_same_v<decltype(as_dimension<dim<"batch">>()), dimension<"batch">>);
    static_assert(std::is_same_v<decltype(as_dimension<dim<"classes", 10>>()), dimension<"classes", 10>>);
    static_assert(Dimension<sized<3>> && Dimension<dimension<"n">> && !Dimension<int>);
}
BOOST_AUTO_TEST_CASE(a_symbolic_dimension_agrees_with_itself_only) {
    static_assert(agree(batch, batch));
    static_assert(!agree(batch, time_steps));
    static_assert(!agree(batch, ten) && !agree(ten, batch));
    static_assert(!agree(batch, axis_of<dimension<"batch", 10>>));  // the same name with a size is another dimension
}
BOOST_AUTO_TEST_CASE(fixed_dimensions_agree_when_sizes_do_and_names_do_not_clash) {
    static_assert(agree(ten, ten));
    static_assert(agree(classes, ten) && agree(ten, classes));
    static_assert(!agree(hidden, classes));  // both of size 10
    static_assert(!agree(ten, one));
    static_assert(!agree(classes, axis_of<dimension<"classes", 9>>));
}
BOOST_AUTO_TEST_CASE(agreeing_is_the_same_both_ways) {
    for (const axis& a : {batch, time_steps, hidden, classes, ten, one})
        for (const axis& b : {batch, time_steps, hidden, classes, ten, one}) BOOST_TEST(agree(a, b) == agree(b, a));
}
BOOST_AUTO_TEST_CASE(of_two_that_agree_the_one_with_a_name_is_kept) {
    static_assert(merge(classes, ten) == classes);
    static_assert(merge(ten, classes) == classes);
    static_assert(merge(ten, ten) == ten);
}
BOOST_AUTO_TEST_CASE(a_dimension_is_written_with_what_is_known) {
    BOOST_TEST(text(batch) == "batch");
    BOOST_TEST(text(ten) == "10");
    BOOST_TEST(text(classes) == "classes=10");
}

BOOST_AUTO_TEST_SUITE_END()
