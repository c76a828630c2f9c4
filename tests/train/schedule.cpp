// SPDX-License-Identifier: BSL-1.0
// Learning rates by step, compared with torch.optim.lr_scheduler, and a trainer that follows one.
#include "reference.hpp"

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

template <class Schedule> void check(const char* name, const Schedule& schedule) {
    const std::vector<double>& rates = testing::stored().schedules.at(name);
    BOOST_REQUIRE(rates.size() == 40u);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double rate = schedule(static_cast<std::int64_t>(i), 0.1);
        BOOST_TEST(std::abs(rate - rates[i]) < 1e-14, name << " at " << i << ": " << rate << ", PyTorch " << rates[i]);
    }
}
template <class E, class F> std::string words_of(F f) {
    try {
        f();
    } catch (const E& e) {
        return e.what();
    }
    return "nothing is thrown";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule)

BOOST_AUTO_TEST_CASE(rates_are_pytorchs) {
    check("step_lr", step_lr{.step_size = 4});
    check("multi_step_lr", multi_step_lr{.milestones = {3, 12, 12, 30}, .gamma = 0.5});
    check("exponential_lr", exponential_lr{.gamma = 0.9});
    check("cosine_annealing_lr", cosine_annealing_lr{.T_max = 15, .eta_min = 0.01});
    check("linear_lr", linear_lr{});
    check("linear_lr_down", linear_lr{.start_factor = 1, .end_factor = 0.25, .total_iters = 12});
    check("one_cycle_lr", one_cycle_lr{.max_lr = 0.5, .total_steps = 40});
    check("one_cycle_lr_early",
          one_cycle_lr{.max_lr = 0.3, .total_steps = 40, .pct_start = 0.1, .div_factor = 10, .final_div_factor = 100});
    check("sequential_lr",
          sequential_lr{linear_lr{.start_factor = 0.1, .total_iters = 8}, cosine_annealing_lr{.T_max = 32}, 8});
}

BOOST_AUTO_TEST_CASE(epochs_are_steps_in_groups) {
    const per_epoch halves{exponential_lr{.gamma = 0.5}, 3};
    for (std::int64_t step = 0; step < 9; ++step)
        BOOST_TEST(halves(step, 1) == std::pow(0.5, static_cast<double>(step / 3)));
}

BOOST_AUTO_TEST_CASE(a_trainer_follows_a_schedule_as_pytorch_does) {
    for (std::size_t rows : {4u, 1u}) {
        auto t = train<adam{.lr = 0.1}, double>(testing::shared);
        t.schedule(cosine_annealing_lr{.T_max = 15});
        testing::check_run(t, "adam_cosine", "shared", rows, testing::targets, 1e-9);
    }
}

BOOST_AUTO_TEST_CASE(a_schedule_starts_from_the_rate_that_was_set_last) {
    constexpr auto w = parameter<"w", 1>;
    auto t = train<double>(sum(w), sgd{.lr = 1});  // the gradient is 1
    t.schedule([](std::int64_t step, double lr) { return step == 0 ? lr : lr / 2; });
    double& value = t.parameter<"w">()[0];
    value = 0;
    t.step();
    BOOST_TEST(value == -1);
    t.step();
    BOOST_TEST(value == -1.5);
    BOOST_TEST(t.optimizer().lr == 0.5);
    t.set(sgd{.lr = 4});
    t.step();
    BOOST_TEST(value == -3.5);
    t.set_step_count(0);
    t.step();
    BOOST_TEST(value == -7.5);
    t.schedule({});  // none
    t.step();
    BOOST_TEST(value == -11.5);
}

BOOST_AUTO_TEST_CASE(wrong_numbers_are_named) {
    BOOST_TEST(words_of<std::invalid_argument>([] { step_lr{.step_size = 0}(1, 1); }) ==
               "step_lr: step_size is 0, at least 1 wanted");
    BOOST_TEST(words_of<std::invalid_argument>([] { cosine_annealing_lr{.T_max = -3}(1, 1); }) ==
               "cosine_annealing_lr: T_max is -3, at least 1 wanted");
    BOOST_TEST(words_of<std::out_of_range>([] { one_cycle_lr{.max_lr = 1, .total_steps = 10}(10); }) ==
               "one_cycle_lr: step 10 of 10");
    constexpr auto w = parameter<"w", 1>;
    auto t = train(sum(w), sgd{.lr = 1});
    t.schedule([](std::int64_t, double) { return -1.0; });
    BOOST_TEST(words_of<std::invalid_argument>([&] { t.step(); }) == "sgd: lr is -1, a number of at least 0 wanted");
}

BOOST_AUTO_TEST_SUITE_END()
