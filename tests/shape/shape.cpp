// SPDX-License-Identifier: BSL-1.0
// Shapes as types and as values, of ranks 0 to 6.
#include <gradus/shape/shape.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace gradus;

namespace {
constexpr auto batch = dim<"batch">;
using scalar = shape<>;
using images = shape_of_arguments<batch, dim<"channels", 3>, 8, 8>;
using widest = shape_of_arguments<1, 2, 3, 4, 5, 6>;

template <class S> struct source { static constexpr dims value = dims_of<S>; };
template <class S> constexpr bool returns = std::is_same_v<shape_from<source<S>>, S>;

std::string text(const dims& d) {
    sentence s;
    s << d;
    return std::string(s.view());
}
}  // namespace

BOOST_AUTO_TEST_SUITE(shape_of_tensor)

BOOST_AUTO_TEST_CASE(a_list_of_arguments_is_a_shape_type) {
    static_assert(std::is_same_v<images, shape<dimension<"batch">, dimension<"channels", 3>, sized<8>, sized<8>>>);
    static_assert(scalar::rank == 0 && images::rank == 4 && widest::rank == max_rank);
}
BOOST_AUTO_TEST_CASE(a_type_and_its_value_say_the_same) {
    static_assert(dims_of<scalar>.rank == 0);
    static_assert(dims_of<images>.rank == 4);
    static_assert(dims_of<images>[0].is_symbolic() && dims_of<images>[1].size == 3 && dims_of<images>[3].size == 8);
    static_assert(dims_of<images>.back() == dims_of<images>[3] && dims_of<images>.back(3) == dims_of<images>[0]);
    static_assert(dims_of<widest>[5].size == 6);
}
BOOST_AUTO_TEST_CASE(a_value_goes_back_to_its_type) {
    static_assert(returns<scalar> && returns<images> && returns<widest>);
    static_assert(returns<shape_of_arguments<batch>> && returns<shape_of_arguments<dim<"a", 1>, dim<"b">, 7>>);
}
BOOST_AUTO_TEST_CASE(shapes_are_equal_when_sizes_and_names_are) {
    static_assert(dims_of<images> == dims{dims_of<images>[0], dims_of<images>[1], { 8 }, { 8 }});
    static_assert(!(dims{{8}} == dims{{8}, {8}}));
    static_assert(!(dims{{8}, {9}} == dims{{9}, {8}}));
    static_assert(!(dims{{10, name_of<"a">()}} == dims{{10}}));
    static_assert(same_sizes(dims{{10, name_of<"a">()}}, dims{{10, name_of<"b">()}}));
    static_assert(!same_sizes(dims{{symbolic, name_of<"a">()}}, dims{{symbolic, name_of<"b">()}}));
    static_assert(!same_sizes(dims{{1}}, dims{}));
}
BOOST_AUTO_TEST_CASE(what_a_dims_had_before_does_not_matter) {
    dims a{{1}, {2}};
    a.rank = 1;
    BOOST_CHECK(a == dims{{1}});
}
BOOST_AUTO_TEST_CASE(fixed_elements_leaves_symbolic_sizes_out) {
    static_assert(dims_of<scalar>.fixed_elements() == 1 && dims_of<scalar>.is_static());
    static_assert(dims_of<images>.fixed_elements() == 192 && !dims_of<images>.is_static());
    static_assert(dims_of<widest>.fixed_elements() == 720 && dims_of<widest>.is_static());
}
BOOST_AUTO_TEST_CASE(a_shape_is_written_as_people_do) {
    BOOST_TEST(text(dims_of<scalar>) == "()");
    BOOST_TEST(text({{10}}) == "(10,)");
    BOOST_TEST(text(dims_of<images>) == "(batch, channels=3, 8, 8)");
    BOOST_TEST(text(dims_of<widest>) == "(1, 2, 3, 4, 5, 6)");
}

BOOST_AUTO_TEST_SUITE_END()
