// SPDX-License-Identifier: BSL-1.0
// Parameters by name while compiling: found in nested layers, in the order of the graph; what is misspelt is not found,
// and the nearest name is told.
#include <gradus/symbolic.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace gradus;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto fc1 = linear<"fc1", 3, 4>;
constexpr auto fc2 = linear<"fc2", 4, 2>;
constexpr auto z = (fc1 >> relu >> fc2)(x);
constexpr auto loss = mean(z * z);
using source = detail::graph_source<std::remove_cv_t<decltype(loss)>>;

template <fixed_string Name, class E> constexpr bool has_parameter = requires(E e) {
    { parameter_of<Name>(e) } -> Expression;
};
template <fixed_string Name> std::string words() {
    return std::string(why<detail::parameter_rule<source, Name>>.view());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(a_parameter_is_found_by_its_full_name_with_its_shape) {
    constexpr auto W = parameter_of<"fc1.weight">(loss);
    static_assert(std::is_same_v<shape_of<decltype(W)>, shape<sized<4>, sized<3>>>);
    static_assert(std::is_same_v<shape_of<decltype(parameter_of<"fc2.bias">(loss))>, shape<sized<2>>>);
    // it stands for the layer's own one: the gradient by it is not zero
    constexpr auto g = graph_of(loss, grad(loss, W));
    BOOST_TEST(g[g.outputs[1].node].gradient_of == find_leaf(g, "fc1.weight"));
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_exist_does_not_compile) {
    using E = std::remove_cv_t<decltype(loss)>;
    static_assert(has_parameter<"fc1.weight", E>);
    static_assert(!has_parameter<"fc1.wieght", E>);
    static_assert(!has_parameter<"weight", E>);
    static_assert(!has_parameter<"fc1", E>);
    static_assert(!has_parameter<"fc1.weight.", E>);
    static_assert(!has_parameter<"x", E>);  // an input
    static_assert(!has_parameter<"", E>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_told) {
    BOOST_TEST(words<"fc1.wieght">() == "no parameter is called \"fc1.wieght\"; the nearest is \"fc1.weight\"");
    BOOST_TEST(words<"fc2.weigth">() == "no parameter is called \"fc2.weigth\"; the nearest is \"fc2.weight\"");
    BOOST_TEST(words<"fc2.bais">() == "no parameter is called \"fc2.bais\"; the nearest is \"fc2.bias\"");
}

BOOST_AUTO_TEST_CASE(without_parameters_no_name_is_near) {
    using none = detail::graph_source<std::remove_cv_t<decltype(x)>>;
    BOOST_TEST(std::string(why<detail::parameter_rule<none, "W">>.view()) == "no parameter is called \"W\"");
}

BOOST_AUTO_TEST_CASE(all_parameters_are_a_hana_tuple_in_the_order_of_the_graph) {
    static_assert(detail::parameter_count<source> == 4);
    std::string names;
    boost::hana::for_each(parameters_of<source>, [&](auto entry) {
        sentence s;
        detail::write_leaf_name(s, source::graph, source::graph[entry.node]);
        names += std::string(s.view()) + " ";
        BOOST_TEST((entry.value == source::graph[entry.node].shape));
        BOOST_TEST(entry.is_called(s.view()));
    });
    BOOST_TEST(names == "fc1.weight fc1.bias fc2.weight fc2.bias ");
}

BOOST_AUTO_TEST_CASE(spelling_distance_counts_changed_letters) {
    using detail::spelling_distance;
    static_assert(spelling_distance("", "") == 0);
    static_assert(spelling_distance("weight", "weight") == 0);
    static_assert(spelling_distance("wieght", "weight") == 2);
    static_assert(spelling_distance("weigh", "weight") == 1);
    static_assert(spelling_distance("", "bias") == 4);
    static_assert(spelling_distance("kitten", "sitting") == 3);
    BOOST_TEST(spelling_distance("a", std::string(500, 'a')) > 100);  // too long to be near
}

BOOST_AUTO_TEST_SUITE_END()
