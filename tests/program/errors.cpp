// SPDX-License-Identifier: BSL-1.0
// What a program throws: each error is caught as the standard one that it is, and says what was wanted and given.
#include <gradus/data/tensor.hpp>
#include <gradus/expr/contract.hpp>
#include <gradus/program/compile.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace {
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto W = parameter<"W", 3, 2>;

template <class Standard, class Action> std::string words(Action action) {
    try {
        action();
    } catch (const Standard& e) {
        return e.what();
    }
    return "nothing was thrown";
}
}  // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(a_tensor_of_other_sizes_is_an_invalid_argument) {
    static_assert(std::is_base_of_v<std::invalid_argument, shape_error>);
    auto p = compile(matmul(x, W));
    const xt::xtensor<float, 2> wide = xt::zeros<float>({5, 4});
    BOOST_TEST(words<std::invalid_argument>([&] { p(x = wide); }) ==
               "x wants (batch, 3), got (5, 4): 4 in dimension 1 must be 3");
    const xt::xtensor<float, 2> none = xt::zeros<float>({0, 3});
    BOOST_TEST(words<shape_error>([&] { p(x = none); }).find("x wants (batch, 3), got (0, 3)") == 0u);
}

BOOST_AUTO_TEST_CASE(a_run_without_its_inputs_is_a_logic_error) {
    static_assert(std::is_base_of_v<std::logic_error, binding_error>);
    auto p = compile(matmul(x, W));
    BOOST_TEST(words<std::logic_error>([&] { p.run(); }).find("x") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(memory_that_is_not_there_is_a_runtime_error) {
    static_assert(std::is_base_of_v<std::runtime_error, memory_error>);
    const std::string said = "no memory for the 8 bytes that batch = 2 needs";
    BOOST_TEST(words<std::runtime_error>([&] { throw memory_error(said); }) == said);
}

BOOST_AUTO_TEST_SUITE_END()
