// SPDX-License-Identifier: BSL-1.0
// Activations are functions of an expression and layers of a chain.
#include "../expr/value.hpp"
#include <boost/test/unit_test.hpp>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto fc = linear<"fc", 3, 3>;
using list = std::vector<double>;

template <class L> std::string types(const L& layer) {
    const run_time_graph g = run_time_graph_of(layer(x));
    std::string all;
    for (const layer_entry& l : g.layers) all += std::string(all.empty() ? "" : " ") + l.type;
    return all;
}
template <class L, class E> concept Applicable = requires(L l, E e) {
    { l(e) } -> Expression;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(activation)

BOOST_AUTO_TEST_CASE(each_is_a_layer_of_a_chain) {
    BOOST_TEST(types(fc >> relu) == "linear relu");
    BOOST_TEST(types(fc >> tanh) == "linear tanh");
    BOOST_TEST(types(fc >> softmax) == "linear softmax");
    BOOST_TEST(types(fc >> sigmoid >> fc >> log_softmax) == "linear sigmoid log_softmax");
    BOOST_TEST(types(flatten >> fc >> tanh >> fc >> softmax) == "flatten linear tanh softmax");
    static_assert(same_type(fc >> tanh >> fc, fc >> (tanh_layer{} >> fc)));
    static_assert(same_type(tanh(tanh_layer{}), tanh_layer{}));
}
BOOST_AUTO_TEST_CASE(in_a_chain_they_compute_what_the_function_does) {
    const std::map<std::string, list> values{{"x", {-1, 0, 2}}};
    const auto same = [&](auto layer, auto function) {
        BOOST_TEST(value_of((as_layer([](auto v) { return v; }) >> layer)(x), values, {1}) ==
                       value_of(function(x), values, {1}),
                   tt::per_element());
    };
    same(relu, [](auto v) { return relu(v); });
    same(sigmoid, [](auto v) { return sigmoid(v); });
    same(tanh_layer{}, [](auto v) { return tanh(v); });
    same(softmax_layer{}, [](auto v) { return softmax(v); });
    same(log_softmax_layer{}, [](auto v) { return log_softmax(v); });
    BOOST_TEST(value_of(relu(x), values, {1}) == (list{0, 0, 2}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(outside_of_a_chain_no_layer_is_entered) {
    static_assert(graph_of(relu(x)).layers.size() == 0 && graph_of((fc >> relu)(x)).layers.size() == 2);
    static_assert(same_type(relu(x), relu.operator()(x)) && !same_type(relu(x), sigmoid(x)));
}
BOOST_AUTO_TEST_CASE(flatten_is_a_function_and_a_layer) {
    constexpr auto images = input<"images", batch, 8, 8>;
    static_assert(has_shape<batch, 64>(flatten(images)) &&
                  has_shape<batch, 10>((flatten >> linear<"fc", 64, 10>)(images)));
    static_assert(!Applicable<decltype(flatten), decltype(input<"v", 10>)> &&
                  !Applicable<decltype(flatten >> relu), decltype(input<"v", 10>)>);
    static_assert(why<detail::layer_rule<detail::flatten_definition, shape_of_arguments<10>>>.view() ==
                  "2 dimensions wanted, 1 given: flatten keeps the first of (10,) and has nothing to flatten; write it "
                  "without flatten");
}
BOOST_AUTO_TEST_CASE(softmax_wants_a_dimension_in_a_chain_too) {
    static_assert(!Applicable<softmax_layer, decltype(sum(x))> && Applicable<tanh_layer, decltype(sum(x))>);
    static_assert(!Applicable<decltype(relu >> softmax), decltype(sum(x))>);
}

BOOST_AUTO_TEST_SUITE_END()
