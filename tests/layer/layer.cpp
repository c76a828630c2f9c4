// SPDX-License-Identifier: BSL-1.0
// Layers are functions; chains are checked where they are declared; names give the parameters theirs.
#include "../expr/value.hpp"
#include <boost/test/unit_test.hpp>
#include <set>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
using X = decltype(x);
using list = std::vector<double>;
using names = std::set<std::string>;

/// The full names of the parameters in the graph of `e`.
template <class E> names parameters(const E& e) {
    const run_time_graph g = run_time_graph_of(e);
    names all;
    for (const node& n : g.nodes) {
        if (!n.is(op::parameter)) continue;
        std::string name;
        visit_path(g, n.layer, n.name, [&](std::string_view part) {
            if (!name.empty()) name += '.';
            name += part;
        });
        BOOST_TEST(all.insert(name).second, name << " is there twice");
    }
    return all;
}
template <class A, class B> concept Chainable = requires(A a, B b) {
    { a >> b } -> Layer;
};
template <class L, class E> concept Applicable = requires(L l, E e) {
    { l(e) } -> Expression;
};
template <class L> using definition_in = typename std::remove_cvref_t<L>::definition;
template <class A, class B>
constexpr std::string_view chain_error =
    why<detail::declared_rule<detail::infix<definition_in<A>, definition_in<B>>>>.view();
template <class L>
constexpr std::string_view residual_error =
    why<detail::declared_rule<detail::residual_definition<definition_in<L>>>>.view();
template <class L, class E>
constexpr std::string_view call_error =
    why<detail::layer_rule<typename std::remove_cvref_t<L>::definition, shape_of<E>>>.view();

constexpr auto fc = linear<"fc", 4, 4>;
constexpr auto mlp = linear<"fc1", 4, 8> >> relu >> linear<"fc2", 8, 3>;
constexpr auto twice = as_layer([](auto v) { return 2 * v; });

/// "l00" to "l99"
template <int I> constexpr fixed_string<4> numbered{{'l', '0' + I / 10, '0' + I % 10, '\0'}};

}  // namespace

BOOST_AUTO_TEST_SUITE(layer_)

BOOST_AUTO_TEST_CASE(a_layer_is_a_function_of_an_expression) {
    static_assert(Layer<decltype(fc)> && Layer<decltype(mlp)> && Layer<decltype(relu)> && !Layer<X>);
    static_assert(has_shape<batch, 4>(fc(x)) && has_shape<batch, 3>(mlp(x)) && has_shape<batch, 3>(mlp(fc(relu(x)))));
    static_assert(same_type(fc(x), fc(x)) && !same_type(fc(x), fc(relu(x))));
    static_assert(std::is_empty_v<decltype(mlp(x))>);
}
BOOST_AUTO_TEST_CASE(a_layer_used_again_shares_its_weights) {
    BOOST_TEST((parameters(fc(fc(fc(x)))) == names{"fc.weight", "fc.bias"}));
    BOOST_TEST((parameters(fc(x) + fc(2 * x)) == names{"fc.weight", "fc.bias"}));
    constexpr auto same = linear<"fc", 4, 4>;  // the name is what counts
    BOOST_TEST((parameters(fc(x) + relu(same(x * x))) == names{"fc.weight", "fc.bias"}));
    BOOST_TEST((parameters((fc >> fc)(x)) == names{"fc.weight", "fc.bias"}));
    const list once =
        value_of(fc(x), {{"x", {1, 2, 3, 4}}, {"fc.weight", list(16, 0.5)}, {"fc.bias", {1, 2, 3, 4}}}, {1});
    BOOST_TEST(once == (list{6, 7, 8, 9}), tt::per_element());
    const list again =
        value_of(fc(fc(x)), {{"x", {1, 2, 3, 4}}, {"fc.weight", list(16, 0.5)}, {"fc.bias", {1, 2, 3, 4}}}, {1});
    BOOST_TEST(again == (list{16, 17, 18, 19}), tt::per_element());
}
BOOST_AUTO_TEST_CASE(names_nest) {
    BOOST_TEST((parameters(named<"enc">(fc)(x)) == names{"enc.fc.weight", "enc.fc.bias"}));
    BOOST_TEST((parameters(named<"out">(named<"enc">(fc))(x)) == names{"out.enc.fc.weight", "out.enc.fc.bias"}));
    BOOST_TEST((parameters(named<"enc">(mlp)(x)) ==
                names{"enc.fc1.weight", "enc.fc1.bias", "enc.fc2.weight", "enc.fc2.bias"}));
    BOOST_TEST((parameters(named<"enc">(residual(fc >> relu))(x)) == names{"enc.fc.weight", "enc.fc.bias"}));
    BOOST_TEST((parameters((named<"0">(fc) >> named<"1">(fc) >> fc)(x)) ==
                names{"0.fc.weight", "0.fc.bias", "1.fc.weight", "1.fc.bias", "fc.weight", "fc.bias"}));
    BOOST_TEST((parameters((named<"0">(fc) >> relu >> named<"0">(fc))(x)) == names{"0.fc.weight", "0.fc.bias"}));
}
BOOST_AUTO_TEST_CASE(names_of_layers_of_one_shape_keep_them_apart) {
    // The bodies differ only in the name inside: they once were one id with two nodes.
    BOOST_TEST((parameters(named<"a">(linear<"b", 4, 4>)(x) + named<"a">(linear<"c", 4, 4>)(x)) ==
                names{"a.b.weight", "a.b.bias", "a.c.weight", "a.c.bias"}));
}
BOOST_AUTO_TEST_CASE(nothing_of_a_deeply_nested_name_is_lost) {
    const auto deep = []<int... I>(auto inner, std::integer_sequence<int, I...>) {
        const auto wrap = []<int J>(auto l, std::integral_constant<int, J>) { return named<numbered<J>>(l); };
        auto around = [&]<int J, int... K>(auto self, auto l, std::integer_sequence<int, J, K...>) {
            if constexpr (sizeof...(K) == 0)
                return wrap(l, std::integral_constant<int, J>{});
            else
                return self(self, wrap(l, std::integral_constant<int, J>{}), std::integer_sequence<int, K...>{});
        };
        return around(around, inner, std::integer_sequence<int, I...>{});
    };
    constexpr auto forty = deep(fc, std::make_integer_sequence<int, 40>{});
    const names got = parameters((forty >> named<"outermost">(forty))(x));
    BOOST_TEST(got.size() == 4u);  // 41 names deep: not the weights of the one that is 40 deep
    for (const std::string& name : got)
        BOOST_TEST((name.starts_with("l39.l38.") || name.starts_with("outermost.l39.")), name);
}

// chains

BOOST_AUTO_TEST_CASE(a_chain_does_not_depend_on_brackets) {
    constexpr auto a = linear<"a", 4, 5>;
    constexpr auto b = linear<"b", 5, 6>;
    constexpr auto c = linear<"c", 6, 7>;
    static_assert(same_type((a >> b) >> c, a >> (b >> c)) && same_type(sequential(a, b, c), a >> b >> c));
    static_assert(same_type(sequential(a, sequential(b, c)), a >> b >> c) && same_type(sequential(a)(x), a(x)));
    static_assert(same_type((a >> relu) >> (b >> relu), a >> (relu >> b) >> relu));
    static_assert(same_type((a >> b >> c)(x), c(b(a(x)))));
}
BOOST_AUTO_TEST_CASE(a_chain_is_checked_where_it_is_declared) {
    static_assert(Chainable<decltype(linear<"a", 4, 5>), decltype(linear<"b", 5, 6>)>);
    static_assert(!Chainable<decltype(linear<"a", 4, 5>), decltype(linear<"b", 6, 6>)>);
    static_assert(!Chainable<decltype(linear<"a", 4, 5> >> relu >> relu), decltype(linear<"b", 6, 6>)>);
    static_assert(!Chainable<decltype(linear<"a", 4, 5>), decltype(relu >> linear<"b", 6, 6>)>);
    static_assert(chain_error<decltype(linear<"fc1", 64, 32>), decltype(linear<"fc2", 64, 10>)> ==
                  "64 features expected, 32 given: fc2 follows fc1; write linear<\"fc2\", 32, 10>, or make fc1 give 64 "
                  "(layer 2)");
    BOOST_TEST(true);
}
BOOST_AUTO_TEST_CASE(what_is_not_known_between_layers_is_checked_with_the_input) {
    constexpr auto pixels = flatten >> linear<"fc", 16, 4>;  // flatten may give any size
    static_assert(Applicable<decltype(pixels), decltype(input<"a", batch, 4, 4>)>);
    static_assert(!Applicable<decltype(pixels), decltype(input<"a", batch, 4, 5>)>);
    static_assert(call_error<decltype(pixels), decltype(input<"a", batch, 4, 5>)> ==
                  "16 features expected, 20 given: fc gets (batch, 20); write linear<\"fc\", 20, 4> (layer 2 of 2)");
    static_assert(!Applicable<decltype(mlp), decltype(input<"a", batch, 5>)> &&
                  !Applicable<decltype(mlp), decltype(sum(x))>);
}
BOOST_AUTO_TEST_CASE(named_dimensions_are_features_too) {
    constexpr auto hidden = dim<"hidden", 8>;
    constexpr auto classes = dim<"classes", 8>;
    constexpr auto a = linear<"a", 4, hidden>;
    static_assert(has_shape<batch, hidden>(a(x)));
    static_assert(Chainable<decltype(a), decltype(linear<"b", hidden, 3>)> &&
                  Chainable<decltype(a), decltype(linear<"b", 8, 3>)>);
    static_assert(!Chainable<decltype(a), decltype(linear<"b", classes, 3>)>);  // the sizes are equal
    static_assert(chain_error<decltype(a), decltype(linear<"b", classes, 3>)>.starts_with(
        "classes=8 features expected, hidden=8 given, the names differ: b follows a; write linear<\"b\", "
        "dim<\"hidden\", 8>, 3>"));
}
BOOST_AUTO_TEST_CASE(a_hundred_layers_are_one_chain) {
    constexpr auto tower = []<int... I>(std::integer_sequence<int, I...>) {
        return ((linear<numbered<I>, 4, 4> >> relu) >> ...);
    }
    (std::make_integer_sequence<int, 50>{});
    static_assert(has_shape<batch, 4>(tower(x)));
    BOOST_TEST(parameters(tower(x)).size() == 100u);
    const run_time_graph g = run_time_graph_of(tower(x));
    BOOST_TEST(g.layers.size() == 100u);
    BOOST_TEST(g.size() == 1 + 50 * 6);  // weight, bias, transpose, matmul, add, relu
}

// residual, functions

BOOST_AUTO_TEST_CASE(residual_adds_the_input) {
    static_assert(has_shape<batch, 4>(residual(fc)(x)) && has_shape<batch, 4>((residual(fc >> relu) >> fc)(x)));
    const list got =
        value_of(residual(fc)(x), {{"x", {1, 2, 3, 4}}, {"fc.weight", list(16, 1)}, {"fc.bias", list(4, 0)}}, {1});
    BOOST_TEST(got == (list{11, 12, 13, 14}), tt::per_element());
    BOOST_TEST((parameters((residual(fc) >> residual(fc))(x)) == names{"fc.weight", "fc.bias"}));
}
BOOST_AUTO_TEST_CASE(residual_keeps_the_shape_or_is_refused) {
    static_assert(residual_error<decltype(linear<"fc", 4, 1>)> ==  // one would stretch
                  "1 and 4 features differ: residual adds its input to the output of fc; write linear<\"fc\", 4, 4>");
    constexpr auto wrong = residual(flatten >> linear<"fc", 16, 4>);  // known with the input
    using image = decltype(input<"image", batch, 4, 4>);
    static_assert(!Applicable<decltype(wrong), image>);
    static_assert(call_error<decltype(wrong), image> ==
                  "2 and 3 dimensions differ: residual compares (batch, 4) with (batch, 4, 4) and stretches nothing");
    static_assert(!Chainable<decltype(linear<"a", 4, 5>), decltype(residual(relu >> flatten >> linear<"b", 4, 4>))>);
}
BOOST_AUTO_TEST_CASE(a_function_is_a_layer) {
    constexpr auto block =
        as_layer<"block">([](auto v) { return relu(linear<"fc", 4, 4>(v)) + v * parameter<"scale", 4>; });
    BOOST_TEST((parameters(block(x)) == names{"block.fc.weight", "block.fc.bias", "block.scale"}));
    BOOST_TEST((parameters((block >> block >> fc)(x)) ==
                names{"block.fc.weight", "block.fc.bias", "block.scale", "fc.weight", "fc.bias"}));
    BOOST_TEST(value_of((twice >> twice)(x), {{"x", {1, 2, 3, 4}}}, {1}) == (list{4, 8, 12, 16}), tt::per_element());
    constexpr auto pooled = as_layer([](auto v) { return mean<1>(v); });
    static_assert(has_shape<batch, 2>((as_layer([](auto v) { return reshape<batch, 2, 2>(v); }) >> pooled)(x)));
}
BOOST_AUTO_TEST_CASE(equal_functions_are_one_layer) {
    constexpr auto f = as_layer([](auto v) { return v + v; });
    constexpr auto g = as_layer([](auto v) { return v + v; });
    static_assert(!same_type(f, g) && same_type(f(x), g(x)));
}
BOOST_AUTO_TEST_CASE(numbers_in_layers_keep_their_order) {
    constexpr auto affine = as_layer([](auto v) { return 3 * v + 1; });
    const list got = value_of(5 * affine(7 * affine(x)) - 2, {{"x", {1, 2, 3, 4}}}, {1});
    list wanted;
    for (double v : {1., 2., 3., 4.}) wanted.push_back(5 * (3 * (7 * (3 * v + 1)) + 1) - 2);
    BOOST_TEST(got == wanted, tt::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
