// SPDX-License-Identifier: BSL-1.0
// Tests for program/bindings.hpp: what a call may give a program, and the words where it does not fit.
#include <gradus/program/bindings.hpp>
#include <gradus/typed.hpp>
#include <boost/test/unit_test.hpp>

namespace tt = boost::test_tools;
using namespace gradus;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto y = input<"y", batch>;
constexpr auto s = input<"s">;
constexpr auto W = parameter<"W", 2, 3>;
constexpr auto z = matmul(x, transpose(W));
constexpr auto loss = s * mean(cross_entropy(z, y));
using source = detail::graph_source<std::remove_cv_t<decltype(loss)>>;

template <class T, std::size_t N> const xt::xtensor<T, N> tensor{};

/// The sentence of a call, empty where it is accepted.
template <class T = float, class Source = source, class... Given> std::string words(const Given&...) {
    fault f;
    const dims d = detail::call_rule<Source, T, Given...>::apply(&f);
    return fits(d) ? "" : std::string(f.why.view());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bindings)

BOOST_AUTO_TEST_CASE(each_input_is_given_once_by_name) {
    const auto& X = tensor<float, 2>;
    const auto& Y = tensor<float, 1>;
    BOOST_TEST(words(x = X, y = Y, s = 1) == "");
    BOOST_TEST(words(s = 1, W = X, y = Y, x = X) == "");
    BOOST_TEST(words(x = X, s = 1) == "y (batch,) is not given: write y = a tensor");
    BOOST_TEST(words(x = X, y = Y, x = X, s = 1) == "x is given twice; leave one of them out");
    BOOST_TEST(words(x = X, y = Y, s = 1, input<"ye", 3> = Y) ==
               "the program has no input ye; the nearest is y (batch,)");
    BOOST_TEST(words(x = X, y = Y, s = 1, input<"x", 3> = Y) == "x is (3,) here and (batch, 3) in the program");
    BOOST_TEST(words(x = X, y = Y, s = 1, z = X) ==
               "an input wanted, an expression given: name an input, as in x = images");
}

BOOST_AUTO_TEST_CASE(a_tensor_without_a_name_is_none) {
    const auto& X = tensor<float, 2>;
    BOOST_TEST(words(X) == "a tensor is given without a name; write x = the tensor for the input x");
    BOOST_TEST(words(3) == "a number is given without a name; write x = the tensor for the input x");
    BOOST_TEST(words(x) == "x (batch, 3) is given no tensor; write x = a tensor");
    BOOST_TEST(words(z) == "an expression is given without a name; write x = the tensor for the input x");
    using closed = detail::graph_source<std::remove_cv_t<decltype(sum(W))>>;
    BOOST_TEST((words<float, closed>(X)) ==
               "a tensor is given without a name, and the program has no inputs; call it with nothing");
}

BOOST_AUTO_TEST_CASE(an_input_that_was_simplified_away_is_told_so) {
    constexpr auto difference = x - x;
    using gone = detail::graph_source<std::remove_cv_t<decltype(sum(difference) + s)>>;
    if (find_leaf(gone::graph, "x") == no_node)
        BOOST_TEST((words<float, gone>(s = 1, x = tensor<float, 2>)) ==
                   "the program has no input x: it was simplified away, the outputs do not depend on it; leave it out");
    BOOST_TEST(gone::mentions("x"));
    BOOST_TEST(!gone::mentions("y"));
}

BOOST_AUTO_TEST_CASE(a_tensor_has_the_rank_of_its_input) {
    const auto& Y = tensor<float, 1>;
    BOOST_TEST(words(x = Y, y = Y, s = 1) ==
               "1 dimensions given, 2 wanted: x (batch, 3) takes a tensor such as "
               "xt::xtensor<float, 2>; write that, or reshape the data");
    BOOST_TEST(words(x = 3, y = Y, s = 1) ==
               "0 dimensions given, 2 wanted: x (batch, 3) is given a number; "
               "write a tensor, such as xt::xtensor<float, 2>");
    BOOST_TEST(words(x = std::vector<float>{}, y = Y, s = 1) ==
               "an xtensor is wanted for x (batch, 3); of a std::vector write xt::adapt(values, {rows, columns})");
    BOOST_TEST(words(x = xt::xarray<float>{}, y = Y, s = 1) == "");  // known when the program runs
}

BOOST_AUTO_TEST_CASE(numbers_are_taken_where_none_changes) {
    const auto with = [](const auto& X) { return words(x = X, y = tensor<float, 1>, s = 0.5); };
    BOOST_TEST(with(tensor<float, 2>) == "");
    BOOST_TEST(with(tensor<bool, 2>) == "");
    BOOST_TEST(with(tensor<std::uint8_t, 2>) == "");
    BOOST_TEST(with(tensor<std::int16_t, 2>) == "");
    BOOST_TEST(with(tensor<double, 2>) ==
               "double given, float wanted: not each double is a float; for x write "
               "xt::cast<float>(the tensor), or make the program of compile<double>");
    BOOST_TEST(with(tensor<int, 2>) ==
               "int given, float wanted: not each int is a float; for x write xt::cast<float>(the tensor)");
    BOOST_TEST(with(xt::cast<float>(tensor<int, 2>)) == "");
    BOOST_TEST(with(2.0 * tensor<float, 2>).substr(0, 12) == "double given");
    BOOST_TEST(with(tensor<std::complex<float>, 2>).substr(0, 13) == "other numbers");
    const auto in_double = [](const auto& X) { return words<double>(x = X, y = tensor<float, 1>, s = 1); };
    BOOST_TEST(in_double(tensor<float, 2>) == "");
    BOOST_TEST(in_double(tensor<int, 2>) == "");
    BOOST_TEST(in_double(tensor<std::int64_t, 2>).substr(0, 30) == "int64_t given, double wanted: ");
}

BOOST_AUTO_TEST_CASE(class_indices_are_integers_of_any_size) {
    const auto with = [](const auto& Y) { return words(x = tensor<float, 2>, y = Y, s = 1); };
    BOOST_TEST(with(tensor<int, 1>) == "");
    BOOST_TEST(with(tensor<std::int64_t, 1>) == "");
    BOOST_TEST(with(tensor<std::size_t, 1>) == "");
    BOOST_TEST(with(tensor<float, 1>) == "");  // whole numbers: looked at when the program runs
    BOOST_TEST(with(tensor<double, 1>).substr(0, 12) == "double given");
    constexpr auto right = mean(argmax(z) == y);
    using accuracy = detail::graph_source<std::remove_cv_t<decltype(right)>>;
    BOOST_TEST((words<float, accuracy>(x = tensor<float, 2>, y = tensor<int, 1>)) == "");
    constexpr auto error = mse_loss(sum<1>(x), y);
    using regression = detail::graph_source<std::remove_cv_t<decltype(error)>>;
    BOOST_TEST((words<float, regression>(x = tensor<float, 2>, y = tensor<int, 1>)).substr(0, 9) == "int given");
}

BOOST_AUTO_TEST_SUITE_END()
