// SPDX-License-Identifier: BSL-1.0
// Optimizers as parts of the graph, compared with PyTorch's; and XOR, learnt by a typed network in the compiler.
#include "reference.hpp"

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 2>;
constexpr auto y = input<"y", batch, 1>;

// ---- XOR

constexpr auto fc1 = linear<"fc1", 2, 3>;
constexpr auto fc2 = linear<"fc2", 3, 1>;
constexpr auto net = fc1 >> tanh >> fc2;
constexpr auto loss = mean(binary_cross_entropy_with_logits(net(x), y));
constexpr sgd fast{.learning_rate = 6};
using xor_step = detail::training_step<std::remove_cv_t<decltype(loss)>, sgd>;
constexpr auto xor_graph = graph_of(sigmoid(net(x)));

struct learnt {
    double first_loss = 0;
    double last_loss = 0;
    double xor_of[4]{};  ///< the probability that (0, 0), (0, 1), (1, 0), (1, 1) is true
};
constexpr learnt learn_xor(int epochs) {
    interpreter run(xor_step::graph, {4});
    run.set("x", {0, 0, 0, 1, 1, 0, 1, 1});
    run.set("y", {0, 1, 1, 0});
    run.set("fc1.weight", {-0.2, 0.1, 0.7, -0.7, 0.8, -0.5});
    run.set("fc1.bias", {0, 0, 0});
    run.set("fc2.weight", {-0.2, 0.8, -0.5});
    run.set("fc2.bias", {0});
    run.set_literal(0, fast.settings()[0]);
    learnt l;
    for (int epoch = 0; epoch < epochs; ++epoch) {
        run.run();
        l.last_loss = run.output(0)[0];
        if (epoch == 0) l.first_loss = l.last_loss;
    }
    interpreter predict(xor_graph, {4});
    for (const char* name : {"x", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"})
        predict.set(name, run.value(name));
    predict.run();
    for (int i = 0; i < 4; ++i) l.xor_of[i] = predict.output(0)[i];
    return l;
}

// Within the default limits: clang allows 1,048,576 steps (100 epochs are too many), g++
// 33,554,432 operations.
constexpr int epochs = 80;
constexpr learnt in_compiler = learn_xor(epochs);
static_assert(in_compiler.xor_of[0] < 0.1 && in_compiler.xor_of[3] < 0.1, "0 xor 0 and 1 xor 1 are false");
static_assert(in_compiler.xor_of[1] > 0.9 && in_compiler.xor_of[2] > 0.9, "0 xor 1 and 1 xor 0 are true");
static_assert(in_compiler.last_loss < 0.1 * in_compiler.first_loss);

// ---- one step by hand

constexpr auto w = parameter<"w", 2>;
constexpr auto v = input<"v", 2>;
template <class F> std::string words(F f) {
    try {
        f();
    } catch (const std::exception& e) {
        return e.what();
    }
    return "nothing is thrown";
}
template <class Loss> using step_of = detail::training_step<std::remove_cv_t<Loss>, sgd>;

}  // namespace

BOOST_AUTO_TEST_SUITE(optimizers)

BOOST_AUTO_TEST_CASE(xor_learnt_in_the_compiler_is_xor_learnt_at_run_time) {
    const learnt late = learn_xor(epochs);
    BOOST_TEST(late.last_loss == in_compiler.last_loss, tt::tolerance(1e-9));  // rounding grows over the steps
    for (int i = 0; i < 4; ++i) BOOST_TEST(std::abs(late.xor_of[i] - in_compiler.xor_of[i]) < 1e-9);
}

BOOST_AUTO_TEST_CASE(sgd_moves_each_parameter_against_its_gradient) {
    constexpr auto square_error = sum(square(w - v));  // by w: 2 (w - v)
    using step = step_of<decltype(square_error)>;
    interpreter run(step::graph);
    run.set("w", {1, 2});
    run.set("v", {3, 5});
    run.set_literal(0, 0.25);
    run.run();
    BOOST_TEST(run.output(0)[0] == 13);
    BOOST_TEST(run.value("w")[0] == 1 - 0.25 * 2 * (1 - 3));
    BOOST_TEST(run.value("w")[1] == 2 - 0.25 * 2 * (2 - 5));
    run.run();  // the loss of the new parameters
    BOOST_TEST(run.output(0)[0] == 13.0 / 4);
}

BOOST_AUTO_TEST_CASE(all_gradients_are_those_before_the_step) {
    // by w: u, by u: w; if w moved first, u would see the new one
    constexpr auto u = parameter<"u", 2>;
    constexpr auto product = sum(w * u);
    using step = step_of<decltype(product)>;
    interpreter run(step::graph);
    run.set("w", {1, 2});
    run.set("u", {3, 5});
    run.set_literal(0, 1);
    run.run();
    BOOST_TEST(run.value("w")[0] == 1 - 3);
    BOOST_TEST(run.value("u")[0] == 3 - 1);
    BOOST_TEST(run.value("u")[1] == 5 - 2);
}

BOOST_AUTO_TEST_CASE(a_step_assigns_each_parameter_of_the_loss_and_nothing_else) {
    constexpr graph_view g = xor_step::graph;
    BOOST_TEST(g.outputs.size() == 5);
    BOOST_TEST(g.outputs[0].assigned_to == no_node);
    BOOST_TEST(g[g.outputs[0].node].shape.rank == 0);
    int parameters = 0;
    for (const node& n : g.nodes) parameters += n.is(op::parameter);
    BOOST_TEST(parameters == 4);
    for (std::size_t i = 1; i < g.outputs.size(); ++i) {
        const node& to = g[g.outputs[i].assigned_to];
        BOOST_TEST(to.is(op::parameter));
        BOOST_TEST((g[g.outputs[i].node].shape == to.shape));
    }
}

BOOST_AUTO_TEST_CASE(a_parameter_whose_gradient_is_a_number_moves_all_its_elements) {
    constexpr auto total = sum(w) + sum(v);
    using step = step_of<decltype(total)>;
    interpreter run(step::graph);
    run.set("w", {1, 2});
    run.set("v", {0, 0});
    run.set_literal(0, 0.5);
    run.run();
    BOOST_TEST(run.value("w")[0] == 0.5);
    BOOST_TEST(run.value("w")[1] == 1.5);
}

BOOST_AUTO_TEST_CASE(the_learning_rate_stands_behind_the_numbers_of_the_loss) {
    constexpr auto scaled = 3.f * sum(w * v);
    using step = step_of<decltype(scaled)>;
    interpreter run(step::graph);
    run.set("w", {1, 2});
    run.set("v", {1, 1});
    run.set_literal(0, 3);
    run.set_literal(1, 0.5);
    run.run();
    BOOST_TEST(run.output(0)[0] == 9);
    BOOST_TEST(run.value("w")[0] == 1 - 0.5 * 3);
}

// ---- twenty steps of PyTorch, in double to 1e-9 and in float to 1e-6

BOOST_AUTO_TEST_CASE(sgd_is_pytorchs) {
    testing::check_shared<sgd{.lr = 0.1}>("sgd");
    testing::check_two<sgd{.lr = 0.1}>("sgd");
    testing::check_shared<sgd{.lr = 0.1, .weight_decay = 0.02}>("sgd_decay");
}

BOOST_AUTO_TEST_CASE(sgd_with_momentum_is_pytorchs) {
    testing::check_shared<sgd{.lr = 0.1, .momentum = 0.9}>("sgd_momentum");
    testing::check_shared<sgd{.lr = 0.1, .momentum = 0.8, .dampening = 0.3, .weight_decay = 0.01}>("sgd_dampening");
    testing::check_two<sgd{.lr = 0.1, .momentum = 0.9, .weight_decay = 0.01, .nesterov = true}>("sgd_nesterov");
}

BOOST_AUTO_TEST_CASE(adagrad_is_pytorchs) {
    testing::check_two<adagrad{}>("adagrad");
    testing::check_shared<adagrad{
        .lr = 0.1, .lr_decay = 0.1, .weight_decay = 0.02, .initial_accumulator_value = 0.1, .eps = 1e-6}>(
        "adagrad_all");
}

BOOST_AUTO_TEST_CASE(rmsprop_is_pytorchs) {
    testing::check_two<rmsprop{}>("rmsprop");
    testing::check_shared<rmsprop{.lr = 0.01, .alpha = 0.9, .weight_decay = 0.02, .momentum = 0.5}>("rmsprop_momentum");
    testing::check_shared<rmsprop{.lr = 0.02, .alpha = 0.9, .eps = 1e-3, .centered = true}>("rmsprop_centered");
    // In double only: v minus the square of the average has few digits left in float.
    testing::check_shared<rmsprop{.lr = 0.01, .alpha = 0.95, .eps = 1e-3, .momentum = 0.9, .centered = true}>(
        "rmsprop_all");
}

BOOST_AUTO_TEST_CASE(adam_is_pytorchs) {
    testing::check_two<adam{}>("adam");
    testing::check_shared<adam{.lr = 0.05, .betas = {0.8, 0.95}, .eps = 1e-6, .weight_decay = 0.1}>("adam_decay");
    testing::check_shared<adam{.lr = 0.1, .betas = {0.5, 0.6}, .amsgrad = true}>("adam_amsgrad");
}

BOOST_AUTO_TEST_CASE(adamw_is_pytorchs) {
    testing::check_two<adamw{}>("adamw");
    testing::check_shared<adamw{.lr = 0.1, .betas = {0.5, 0.6}, .weight_decay = 0.2, .amsgrad = true}>("adamw_amsgrad");
}

BOOST_AUTO_TEST_CASE(numbers_that_are_known_at_run_time_give_the_same) {
    for (std::size_t rows : {4u, 1u}) {
        const auto check = [&](const auto& optimizer, const char* name) {
            testing::check_run(train<double>(testing::shared, optimizer), name, "shared", rows, testing::targets, 1e-9);
        };
        check(sgd{.lr = 0.1}, "sgd");
        check(sgd{.learning_rate = 0.1}, "sgd");
        check(adam{.lr = 0.05, .betas = {0.8, 0.95}, .eps = 1e-6, .weight_decay = 0.1}, "adam_decay");
        check(adamw{}, "adamw");
    }
}

BOOST_AUTO_TEST_CASE(states_are_reached_by_name_and_are_no_parameters) {
    auto t = train<sgd{.lr = 0.1, .momentum = 0.5}, double>(sum(w * w) + sum(fc1(x)));
    std::string parameters, states;
    for (const parameter_info& p : t.parameters()) parameters += p.name + " ";
    for (const parameter_info& s : t.states()) states += s.name + " ";
    BOOST_TEST(parameters == "w fc1.weight fc1.bias ");
    BOOST_TEST(states == "w.momentum_buffer fc1.weight.momentum_buffer fc1.bias.momentum_buffer ");
}

BOOST_AUTO_TEST_CASE(states_start_at_zero_and_go_on_where_they_are_put) {
    constexpr auto total = sum(w);  // the gradient is 1
    auto t = train<sgd{.lr = 1, .momentum = 0.5}, double>(total);
    for (double& x : t.parameter<"w">()) x = 0;
    for (double x : t.state("w.momentum_buffer")) BOOST_TEST(x == 0);
    t.step();
    t.step();
    BOOST_TEST(t.state("w.momentum_buffer")[1] == 1.5);
    BOOST_TEST(t.parameter<"w">()[1] == -2.5);
    BOOST_TEST(t.step_count() == 2);
    auto other = train<sgd{.lr = 1, .momentum = 0.5}, double>(total);
    other.take_parameters(t);
    for (double& x : other.state("w.momentum_buffer")) x = 1.5;
    t.step();
    other.step();
    BOOST_TEST(other.parameter<"w">()[1] == t.parameter<"w">()[1]);
    BOOST_TEST(words([&] { t.state("w.momentum_bufer"); }) ==
               "no state w.momentum_bufer; the nearest is w.momentum_buffer");
    BOOST_TEST(words([&] { t.parameter("w.momentum_buffer"); }) == "no parameter w.momentum_buffer; the nearest is w");
    auto plain = train(total, sgd{});
    BOOST_TEST(plain.states().empty());
    BOOST_TEST(words([&] { plain.state("w.exp_avg"); }) == "no state w.exp_avg; the program has none");
}

BOOST_AUTO_TEST_CASE(the_step_count_moves_adam) {
    constexpr auto total = sum(w);
    auto t = train<double>(total, adam{.lr = 1});
    auto late = train<double>(total, adam{.lr = 1});
    late.take_parameters(t);
    late.set_step_count(1000);
    const double start = t.parameter<"w">()[0];
    t.step();
    late.step();
    BOOST_TEST(std::abs(t.parameter<"w">()[0] - (start - 1)) < 1e-7);  // both averages are made up to 1
    const double m = 0.1 / (1 - std::pow(0.9, 1001));
    const double v = 0.001 / (1 - std::pow(0.999, 1001));
    BOOST_TEST(std::abs(late.parameter<"w">()[0] - (start - m / (std::sqrt(v) + 1e-8))) < 1e-12);
    BOOST_TEST(words([&] { t.set_step_count(-1); }) == "step -1 given, at least 0 wanted");
}

BOOST_AUTO_TEST_CASE(settings_change_between_steps) {
    constexpr auto total = sum(w);
    auto t = train<sgd{.lr = 1, .momentum = 0.5}, double>(total);
    for (double& x : t.parameter<"w">()) x = 0;
    t.step();
    t.set(sgd{.lr = 2, .momentum = 0.25});
    t.step();
    BOOST_TEST(t.parameter<"w">()[0] == -1 - 2 * 1.25);
    BOOST_TEST(t.optimizer().momentum == 0.25);
}

BOOST_AUTO_TEST_CASE(wrong_settings_say_what_is_wanted) {
    constexpr auto total = sum(w);
    const auto of = [&](auto o) { return words([&] { train(total, o); }); };
    BOOST_TEST(of(sgd{.lr = -0.1}) == "sgd: lr is -0.1, a number of at least 0 wanted");
    BOOST_TEST(of(sgd{.lr = std::nan("")}) == "sgd: lr is nan, a number of at least 0 wanted");
    BOOST_TEST(of(sgd{.learning_rate = 0.1, .lr = 0.2}) == "sgd: learning_rate is 0.1, the same number as lr wanted");
    BOOST_TEST(of(adam{.betas = {1, 0.999}}) == "adam: betas.first is 1, a number from 0 to below 1 wanted");
    BOOST_TEST(of(adam{.betas = {0.9, -1}}) == "adam: betas.second is -1, a number from 0 to below 1 wanted");
    BOOST_TEST(of(adamw{.eps = -1e-8}) == "adamw: eps is -1e-08, a number of at least 0 wanted");
    BOOST_TEST(of(adamw{.weight_decay = -1}) == "adamw: weight_decay is -1, a number of at least 0 wanted");
    BOOST_TEST(of(rmsprop{.alpha = -1}) == "rmsprop: alpha is -1, a number of at least 0 wanted");
    BOOST_TEST(of(adagrad{.lr_decay = -1}) == "adagrad: lr_decay is -1, a number of at least 0 wanted");
    BOOST_TEST(words([&] { train<sgd{.momentum = 0.9, .dampening = 0.1, .nesterov = true}>(total); }) ==
               "sgd: dampening is 0.1, with nesterov 0 wanted");
    BOOST_TEST(words([&] { train<sgd{.nesterov = true}>(total); }) ==
               "sgd: momentum is 0, with nesterov a number above 0 wanted");
}

BOOST_AUTO_TEST_CASE(a_term_that_the_program_does_not_have_is_refused) {
    constexpr auto total = sum(w);
    const std::string angle =
        " changes the terms of the update, which are fixed while compiling: write the optimizer between angle "
        "brackets, as in train<sgd{.momentum = 0.9}>(loss)";
    BOOST_TEST(words([&] { train(total, sgd{.momentum = 0.9}); }) == "momentum" + angle);
    BOOST_TEST(words([&] { train(total, rmsprop{.centered = true}); }) == "centered" + angle);
    auto t = train<adam{.lr = 1}>(total);
    BOOST_TEST(words([&] { t.set(adam{.amsgrad = true}); }) == "amsgrad" + angle);
    BOOST_TEST(t.optimizer().lr == 1);  // nothing has changed
    BOOST_TEST(words([&] { t.set(adam{.weight_decay = 1}); }) == "weight_decay" + angle);
}

BOOST_AUTO_TEST_CASE(adam_is_one_loop_for_each_state_and_one_for_the_parameter) {
    // Nothing is copied: the new averages lie where the old ones lay, and the parameter's loop reads them there.
    const std::string steps = train<adam{}>(sum(w * w)).describe();
    std::size_t updates = 0;
    for (std::size_t i = steps.find("(update)"); i != std::string::npos; i = steps.find("(update)", i + 1)) ++updates;
    BOOST_TEST(updates == 3u, steps);
    BOOST_TEST(std::count(steps.begin(), steps.end(), '\n') == 4, steps);  // and the loss
}

BOOST_AUTO_TEST_CASE(the_update_reads_as_in_a_book) {
    constexpr auto square_error = sum(square(w - v));
    using step = step_of<decltype(square_error)>;
    constexpr graph_view g = step::graph;
    BOOST_TEST(text(g, g.outputs[1].node, {.where = false}) == "w - 2 learning_rate (w - v)");
}

BOOST_AUTO_TEST_SUITE_END()
