// SPDX-License-Identifier: BSL-1.0
// What stands before an optimizer: clipping, compared with PyTorch's, and groups of weight decay.
#include "reference.hpp"

using namespace gradus;

namespace {

constexpr auto v = parameter<"v", 2>;
constexpr auto u = parameter<"u", 2>;
constexpr auto unrelated = sum(v) + sum(u);  // both gradients are 1

}  // namespace

BOOST_AUTO_TEST_SUITE(chain)

BOOST_AUTO_TEST_CASE(clipping_is_pytorchs) {
    constexpr auto by_norm = clip_grad_norm{.max_norm = 0.2} >> sgd{.lr = 0.5, .momentum = 0.5};
    constexpr auto by_value = clip_grad_value{.clip_value = 0.05} >> adam{.lr = 0.05};
    testing::check_shared<by_norm>("clip_norm");
    testing::check_two<by_norm>("clip_norm");
    testing::check_shared<by_value>("clip_value");
}

BOOST_AUTO_TEST_CASE(groups_of_weight_decay_are_pytorchs) {
    constexpr auto apart = weight_decay<"*.bias">{0} >> adamw{.lr = 0.05, .weight_decay = 0.1};
    testing::check_two<apart>("adamw_groups");
    for (std::size_t rows : {4u, 1u})  // numbers known at run time
        testing::check_run(
            train<double>(testing::shared, weight_decay<"b">{0} >> adamw{.lr = 0.05, .weight_decay = 0.1}),
            "adamw_groups", "shared", rows, testing::targets, 1e-9);
}

BOOST_AUTO_TEST_CASE(a_group_decays_with_an_optimizer_that_does_not) {
    auto t = train<double>(unrelated, weight_decay<"v">{0.5} >> sgd{.lr = 1});
    for (double& x : t.parameter<"v">()) x = 8;
    for (double& x : t.parameter<"u">()) x = 8;
    t.step();
    BOOST_TEST(t.parameter<"v">()[1] == 8 - (1 + 0.5 * 8));
    BOOST_TEST(t.parameter<"u">()[1] == 8 - 1);
    t.set(weight_decay<"v">{0} >> sgd{.lr = 1});
    t.step();
    BOOST_TEST(t.parameter<"v">()[1] == 3 - 1);
}

BOOST_AUTO_TEST_CASE(what_stands_before_keeps_its_order_and_its_settings) {
    constexpr auto rule = clip_grad_value{0.5} >> clip_grad_norm{0.25} >> weight_decay<"*">{2} >> sgd{.lr = 1};
    auto t = train<rule, double>(unrelated);
    t.step();  // four gradients of 0.5 have the norm 1, so each becomes 0.125
    for (const char* name : {"v", "u"})
        for (double x : t.parameter(name)) BOOST_TEST(std::abs(x + 0.125) < 1e-6);
    BOOST_TEST(rule.settings()[0] == 0.5);
    BOOST_TEST(rule.settings()[3] == 1);
    BOOST_TEST(rule.with_rate(3).rate() == 3);
}

BOOST_AUTO_TEST_CASE(gradients_below_the_norm_stay) {
    auto t = train<double>(unrelated, clip_grad_norm{10} >> sgd{.lr = 1});
    t.step();
    BOOST_TEST(t.parameter<"v">()[0] == -1);
}

BOOST_AUTO_TEST_CASE(names_that_do_not_exist_are_refused_while_compiling) {
    using loss = std::remove_cv_t<decltype(testing::two)>;
    const auto words = []<class O>(O) {
        fault f;
        const bool fit = O::template names_fit<detail::graph_source<loss>>(&f);
        return fit ? std::string("fits") : std::string(f.why.view());
    };
    BOOST_TEST(words(weight_decay<"fc1.weight", "*.bias">{1} >> sgd{}) == "fits");
    BOOST_TEST(words(weight_decay<"fc1.wieght">{1} >> sgd{}) ==
               "no parameter is called \"fc1.wieght\"; the nearest is \"fc1.weight\"");
    BOOST_TEST(words(clip_grad_norm{1} >> weight_decay<"fc2.weight", "fc3.bias">{1} >> sgd{}) ==
               "no parameter is called \"fc3.bias\"; the nearest is \"fc1.bias\"");
    BOOST_TEST(words(weight_decay<"*.bias">{1} >> weight_decay<"fc1.bias">{1} >> sgd{}) ==
               "fc1.bias is in 2 groups of weight_decay");
}

BOOST_AUTO_TEST_CASE(wrong_numbers_are_named) {
    const auto words = [](auto rule) {
        try {
            train(unrelated, rule);
        } catch (const std::invalid_argument& e) {
            return std::string(e.what());
        }
        return std::string("nothing is thrown");
    };
    BOOST_TEST(words(clip_grad_norm{-1} >> sgd{}) == "clip_grad_norm: max_norm is -1, a number of at least 0 wanted");
    BOOST_TEST(words(clip_grad_value{-0.5} >> sgd{}) ==
               "clip_grad_value: clip_value is -0.5, a number of at least 0 wanted");
    BOOST_TEST(words(weight_decay<"v">{-1} >> sgd{}) == "weight_decay: the value is -1, a number of at least 0 wanted");
    BOOST_TEST(words(clip_grad_norm{1} >> sgd{.lr = -1}) == "sgd: lr is -1, a number of at least 0 wanted");
    BOOST_TEST(words(clip_grad_norm{1} >> sgd{.momentum = 0.5}).substr(0, 42) ==
               "momentum changes the terms of the update, ");
}

BOOST_AUTO_TEST_SUITE_END()
