// SPDX-License-Identifier: BSL-1.0
// Programs of typed expressions: inputs by name, outputs by place, plain numbers, parameters by name.
#include <gradus/program/compile.hpp>
#include <gradus/symbolic.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto y = input<"y", batch>;
constexpr auto s = input<"s">;
constexpr auto fc1 = linear<"fc1", 3, 4>;
constexpr auto fc2 = linear<"fc2", 4, 2>;
constexpr auto net = fc1 >> relu >> fc2;

const xt::xtensor<float, 2> two_rows{{1, 2, 3}, {4, 5, 6}};
const xt::xtensor<float, 2> three_rows{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

template <class E, class F> std::string words_of(F f) {
    try {
        f();
    } catch (const E& e) {
        return e.what();
    }
    return "nothing is thrown";
}
template <class P, class... B> constexpr bool can_call = requires(P p, B... b) { p(b...); };

}  // namespace

BOOST_AUTO_TEST_SUITE(programs)

BOOST_AUTO_TEST_CASE(inputs_are_given_by_name_in_any_order) {
    auto p = compile(sum<1>(x) * y + s);
    const xt::xtensor<float, 1> ones{1, 10};
    const auto check = [](const auto& got) {
        BOOST_TEST(got(0) == 6.5f);
        BOOST_TEST(got(1) == 150.5f);
    };
    check(p(x = two_rows, y = ones, s = 0.5f));
    check(p(s = 0.5f, y = ones, x = two_rows));
    check(p(y = ones, s = 0.5, x = two_rows));  // a double for a float program
}

BOOST_AUTO_TEST_CASE(a_call_gives_each_input_once_and_no_other) {
    using program_type = decltype(compile(sum<1>(x) * y));
    using X = decltype(x = two_rows);
    using Y = decltype(y = xt::xtensor<float, 1>{});
    using S = decltype(s = 1.f);
    static_assert(can_call<program_type, X, Y>);
    static_assert(can_call<program_type, Y, X>);
    static_assert(!can_call<program_type, X>);
    static_assert(!can_call<program_type, X, X>);
    static_assert(!can_call<program_type, X, Y, X>);
    static_assert(!can_call<program_type, X, Y, S>);
    static_assert(!can_call<program_type>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_CASE(one_output_is_returned_as_it_is_and_several_as_a_tuple) {
    static_assert(std::is_same_v<decltype(compile(sum(x))(x = two_rows)), float>);
    auto p = compile(sum(x), sum<1>(x), x * 2);
    const auto [total, rows, doubled] = p(x = two_rows);
    BOOST_TEST(total == 21.f);
    BOOST_TEST(rows.dimension() == 1);
    BOOST_TEST(rows(1) == 15.f);
    BOOST_TEST(doubled(1, 2) == 12.f);
}

BOOST_AUTO_TEST_CASE(numbers_are_floats_unless_asked_for_doubles) {
    constexpr auto third = sum(x) / 3;
    BOOST_TEST(compile(third)(x = three_rows) == 1.f);
    auto p = compile<double>(exp(s));
    static_assert(std::is_same_v<decltype(p(s = 1.0)), double>);
    BOOST_TEST(p(s = 1.0) == std::exp(1.0), tt::tolerance(1e-15));
    BOOST_TEST(std::abs(static_cast<double>(compile(exp(s))(s = 1.0)) - std::exp(1.0)) > 1e-9);  // a float
}

BOOST_AUTO_TEST_CASE(plain_numbers_are_values_so_one_type_is_several_programs) {
    auto p = compile(2.f * x + 1);
    auto q = compile(3.f * x + 5);
    static_assert(std::is_same_v<decltype(p), decltype(q)>);
    BOOST_TEST(p(x = two_rows)(0, 0) == 3.f);
    BOOST_TEST(q(x = two_rows)(0, 0) == 8.f);
    BOOST_TEST(p(x = two_rows)(1, 2) == 13.f);
    for (int i = 0; i < 3; ++i) {
        const float factor = static_cast<float>(i);
        BOOST_TEST(compile(factor * s)(s = 7.f) == 7 * factor);
    }
}

BOOST_AUTO_TEST_CASE(numbers_in_gradients_are_those_of_the_program) {
    for (float c : {2.f, -3.f}) {
        const auto loss = sum(c * x * x);
        auto p = compile(loss, grad(loss, x));
        const auto [value, dx] = p(x = two_rows);
        BOOST_TEST(value == c * 91);
        BOOST_TEST(dx(1, 1) == 2 * c * 5);
    }
}

BOOST_AUTO_TEST_CASE(outputs_share_the_numbers_of_what_they_share) {
    const auto h = 2.f * x + 1;
    auto p = compile(h, sum(h), sum(0.5f * y));
    const xt::xtensor<float, 1> two{1, 3};
    const auto [h_value, h_sum, y_sum] = p(x = two_rows, y = two);
    BOOST_TEST(h_value(0, 0) == 3.f);
    BOOST_TEST(h_sum == 48.f);
    BOOST_TEST(y_sum == 2.f);
    const auto other = 3.f * x + 1;  // of the type of h
    BOOST_TEST(words_of<std::invalid_argument>([&] { compile(h, sum(other)); }) ==
               "two expressions are alike but for a plain number; write it as constant<...> to tell them apart");
    auto apart = compile(constant<2.0> * x + 1, sum(constant<3.0> * x + 1));
    const auto [first, second] = apart(x = two_rows);
    BOOST_TEST(first(0, 0) == 3.f);
    BOOST_TEST(second == 69.f);
}

BOOST_AUTO_TEST_CASE(a_gradient_by_an_expression_with_numbers) {
    const auto h = 2.f * x;
    auto p = compile(grad(sum(h * h), h));
    BOOST_TEST(p(x = two_rows)(0, 1) == 8.f);
}

BOOST_AUTO_TEST_CASE(any_batch_size_one_after_the_other) {
    auto p = compile(mean(x), sum<0>(x));
    for (std::size_t rows : {2u, 5u, 1u, 1000u, 3u}) {
        const xt::xtensor<float, 2> ones = xt::ones<float>({rows, std::size_t{3}});
        const auto [m, columns] = p(x = ones);
        BOOST_TEST(m == 1.f);
        BOOST_TEST(columns(2) == static_cast<float>(rows));
    }
}

BOOST_AUTO_TEST_CASE(a_tensor_of_another_size_is_told_and_nothing_is_computed) {
    auto p = compile(sum<1>(x) * y);
    const xt::xtensor<float, 1> ones{1, 1};
    p(x = two_rows, y = ones);
    const xt::xtensor<float, 2> narrow{{1, 2}, {3, 4}};
    BOOST_TEST(words_of<shape_error>([&] { p(x = narrow, y = ones); }) ==
               "x wants (batch, 3), got (2, 2): 2 in dimension 1 must be 3");
    BOOST_TEST(words_of<shape_error>([&] { p(x = three_rows, y = ones); }) == "batch is 3 in x and 2 in y");
    const xt::xtensor<float, 2> empty = xt::xtensor<float, 2>::from_shape({0, 3});
    const xt::xtensor<float, 1> no_labels = xt::xtensor<float, 1>::from_shape({0});
    BOOST_TEST(words_of<shape_error>([&] { p(x = empty, y = no_labels); }) ==
               "x wants (batch, 3), got (0, 3): batch must be at least 1");
    BOOST_TEST(p(x = two_rows, y = ones)(1) == 15.f);  // it goes on
}

BOOST_AUTO_TEST_CASE(parameters_have_names_while_compiling_and_while_running) {
    auto p = compile(net(x));
    const auto weight = p.parameter<"fc1.weight">();
    static_assert(std::is_same_v<decltype(p.parameter<"fc1.weight">()), std::span<float>>);
    static_assert(std::is_same_v<decltype(p.parameter<"fc2.bias">()), std::span<float>>);
    BOOST_TEST(weight.size() == 12);
    BOOST_TEST(p.parameter<"fc2.bias">().size() == 2);
    BOOST_TEST(p.parameter("fc1.weight").data() == weight.data());
    BOOST_TEST(words_of<std::out_of_range>([&] { p.parameter("fc1.wieght"); }) ==
               "no parameter fc1.wieght; the nearest is fc1.weight");
    std::vector<std::string> names;
    for (const parameter_info& info : p.parameters()) names.push_back(info.name);
    const std::vector<std::string> wanted{"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"};
    BOOST_TEST(names == wanted, tt::per_element());
}

BOOST_AUTO_TEST_CASE(a_parameter_can_be_given_by_name_like_an_input) {
    constexpr auto W = parameter<"W", 2, 3>;
    auto p = compile(matmul(x, transpose(W)));
    const xt::xtensor<float, 2> w{{1, 0, 0}, {0, 0, 2}};
    const auto z = p(x = two_rows, W = w);
    BOOST_TEST(z(1, 0) == 4.f);
    BOOST_TEST(z(1, 1) == 12.f);
    BOOST_TEST(p.parameter<"W">()[5] == 2.f);
    BOOST_TEST(p(x = two_rows)(1, 1) == 12.f);  // and is kept
    BOOST_TEST(words_of<shape_error>([&] { p(x = two_rows, W = three_rows); }) ==
               "W wants (2, 3), got (3, 3): 3 in dimension 0 must be 2");
    BOOST_TEST(p.parameter<"W">()[5] == 2.f);
}

BOOST_AUTO_TEST_CASE(parameters_are_taken_over_by_name) {
    auto from = compile<double>(net(x));
    double next = 0;
    for (const parameter_info& info : from.parameters())
        for (double& v : from.parameter(info.name)) v = next += 0.125;
    auto to = compile(sum(relu(fc1(x))), net(x));
    to.take_parameters(from);
    for (const parameter_info& info : to.parameters())
        for (std::size_t i = 0; i < to.parameter(info.name).size(); ++i)
            BOOST_TEST(to.parameter(info.name)[i] == static_cast<float>(from.parameter(info.name)[i]));
    auto part = compile(fc1(x));  // needs only some of them
    part.take_parameters(from);
    BOOST_TEST(part.parameter<"fc1.bias">()[0] == static_cast<float>(from.parameter("fc1.bias")[0]));
}

BOOST_AUTO_TEST_CASE(parameters_that_do_not_fit_are_told_and_none_is_taken) {
    auto small = compile(fc1(x));
    for (float& v : small.parameter<"fc1.weight">()) v = 1;
    auto large = compile(net(x));
    BOOST_TEST(words_of<std::out_of_range>([&] { large.take_parameters(small); }) ==
               "no parameter fc2.weight; the nearest is fc1.weight");
    for (float v : large.parameter<"fc1.weight">()) BOOST_TEST(v == 0.f);
    constexpr auto wide = linear<"fc1", 3, 5>;
    auto other = compile(wide(x));
    BOOST_TEST(words_of<shape_error>([&] { other.take_parameters(small); }) == "fc1.weight wants (5, 3), got (4, 3)");
    for (float v : other.parameter<"fc1.weight">()) BOOST_TEST(v == 0.f);
}

BOOST_AUTO_TEST_CASE(a_class_that_does_not_exist_is_told) {
    auto p = compile(mean(cross_entropy(net(x), y)));
    const xt::xtensor<int, 1> good{0, 1};
    const xt::xtensor<int, 1> bad{0, 2};
    BOOST_TEST(p(x = two_rows, y = good) == std::log(2.f), tt::tolerance(1e-6f));  // all parameters are 0
    BOOST_TEST(words_of<std::out_of_range>([&] { p(x = two_rows, y = bad); }) ==
               "y[1] is 2, but there are 2 classes: 0 to 1");
}

BOOST_AUTO_TEST_CASE(a_program_can_be_copied) {
    auto p = compile(net(x));
    for (float& v : p.parameter<"fc2.bias">()) v = 3;
    auto copy = p;
    for (float& v : p.parameter<"fc2.bias">()) v = 4;
    BOOST_TEST(copy(x = two_rows)(0, 0) == 3.f);
    BOOST_TEST(p(x = two_rows)(0, 0) == 4.f);
}

BOOST_AUTO_TEST_SUITE_END()
