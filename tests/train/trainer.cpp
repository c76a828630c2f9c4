// SPDX-License-Identifier: BSL-1.0
// Training: what one step does, what it refuses without changing anything, and that digits are learnt.
#include <gradus/gradus.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 3>;
constexpr auto y = input<"y", batch>;
constexpr auto fc1 = linear<"fc1", 3, 4>;
constexpr auto fc2 = linear<"fc2", 4, 2>;
constexpr auto net = fc1 >> relu >> fc2;
constexpr auto loss = mean(cross_entropy(net(x), y));

const xt::xtensor<float, 2> rows{{1, 2, 3}, {-1, 0.5f, 0}, {0, 1, -2}};
const xt::xtensor<int, 1> right{0, 1, 1};

template <class E, class F> std::string words_of(F f) {
    try {
        f();
    } catch (const E& e) {
        return e.what();
    }
    return "nothing is thrown";
}
/// All parameters, as bytes.
template <class Program> std::string bytes_of(Program& p) {
    std::string all;
    for (const parameter_info& info : p.parameters()) {
        const auto values = p.parameter(info.name);
        all.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(training)

BOOST_AUTO_TEST_CASE(a_step_is_the_update_computed_by_hand) {
    // One neuron: z = w . x + b, the mean of (z - y)^2 over two rows.
    constexpr auto w = parameter<"w", 1, 3>;
    constexpr auto b = parameter<"b", 1>;
    constexpr auto target = input<"target", batch, 1>;
    auto t = train<double>(mse_loss(matmul(x, transpose(w)) + b, target), sgd{.learning_rate = 0.125});
    const double start[]{0.5, -1, 0.25};
    std::copy(std::begin(start), std::end(start), t.parameter<"w">().begin());
    t.parameter<"b">()[0] = 2;
    const xt::xtensor<double, 2> in{{1, 2, 4}, {-2, 0, 8}};
    const xt::xtensor<double, 2> out{{1}, {-1}};
    const double error1 = (0.5 * 1 - 1 * 2 + 0.25 * 4 + 2) - 1;
    const double error2 = (0.5 * -2 - 1 * 0 + 0.25 * 8 + 2) + 1;
    const double before = t.step(x = in, target = out);
    BOOST_TEST(before == (error1 * error1 + error2 * error2) / 2);
    for (std::size_t i = 0; i < 3; ++i)
        BOOST_TEST(t.parameter<"w">()[i] == start[i] - 0.125 * (error1 * in(0, i) + error2 * in(1, i)));
    BOOST_TEST(t.parameter<"b">()[0] == 2 - 0.125 * (error1 + error2));
}

BOOST_AUTO_TEST_CASE(a_step_is_the_gradients_of_a_program_times_the_learning_rate) {
    auto t = train<double>(loss, sgd{.learning_rate = 0.5}, 3);
    auto p =
        compile<double>(loss, grad(loss, parameter_of<"fc1.weight">(loss)), grad(loss, parameter_of<"fc2.bias">(loss)));
    p.take_parameters(t);
    const auto [value, d_weight, d_bias] = p(x = rows, y = right);
    const std::vector<double> weight(t.parameter<"fc1.weight">().begin(), t.parameter<"fc1.weight">().end());
    BOOST_TEST(t.step(y = right, x = rows) == value, tt::tolerance(1e-14));
    for (std::size_t i = 0; i < 12; ++i)
        BOOST_TEST(std::abs(t.parameter<"fc1.weight">()[i] - (weight[i] - 0.5 * d_weight(i / 3, i % 3))) < 1e-14);
    for (std::size_t i = 0; i < 2; ++i) BOOST_TEST(std::abs(t.parameter<"fc2.bias">()[i] + 0.5 * d_bias(i)) < 1e-14);
}

BOOST_AUTO_TEST_CASE(steps_lower_the_loss) {
    auto t = train(loss, sgd{.learning_rate = 0.1}, 1);
    float last = t.step(x = rows, y = right);
    for (int i = 0; i < 50; ++i) {
        const float now = t.step(x = rows, y = right);
        BOOST_TEST(now < last);
        last = now;
    }
    BOOST_TEST(last < 0.2f);
}

BOOST_AUTO_TEST_CASE(the_batch_may_change_from_step_to_step) {
    auto t = train<double>(loss, sgd{.learning_rate = 0.1}, 1);
    auto p = compile<double>(loss);
    for (std::size_t n : {3u, 1u, 2u, 3u}) {
        xt::xtensor<double, 2> some = xt::xtensor<double, 2>::from_shape({n, 3});
        std::copy_n(rows.begin(), 3 * n, some.begin());
        xt::xtensor<int, 1> their = xt::xtensor<int, 1>::from_shape({n});
        std::copy_n(right.begin(), n, their.begin());
        p.take_parameters(t);
        const double wanted = p(x = some, y = their);
        BOOST_TEST(t.step(x = some, y = their) == wanted, tt::tolerance(1e-14));
    }
}

BOOST_AUTO_TEST_CASE(the_learning_rate_can_change) {
    auto t = train(loss, sgd{.learning_rate = 0}, 1);
    const std::string before = bytes_of(t);
    t.step(x = rows, y = right);
    BOOST_TEST(bytes_of(t) == before);
    t.set(sgd{.learning_rate = 0.1});
    t.step(x = rows, y = right);
    BOOST_TEST(bytes_of(t) != before);
}

BOOST_AUTO_TEST_CASE(numbers_in_the_loss_are_those_of_the_trainer) {
    constexpr auto w = parameter<"w", 3>;
    for (float weight : {0.5f, 4.f}) {
        auto t = train(weight * sum(w * w) + 1, sgd{.learning_rate = 0.125});
        for (float& v : t.parameter<"w">()) v = 2;
        BOOST_TEST(t.step() == weight * 12 + 1);
        BOOST_TEST(t.parameter<"w">()[0] == 2 - 0.125f * weight * 4);
    }
}

BOOST_AUTO_TEST_CASE(what_a_step_refuses_changes_no_parameter) {
    auto t = train(loss, sgd{.learning_rate = 0.1}, 1);
    t.step(x = rows, y = right);
    const std::string before = bytes_of(t);
    const xt::xtensor<float, 2> narrow{{1, 2}, {3, 4}, {5, 6}};
    const xt::xtensor<int, 1> two{0, 1};
    const xt::xtensor<float, 2> no_rows = xt::xtensor<float, 2>::from_shape({0, 3});
    const xt::xtensor<int, 1> no_labels = xt::xtensor<int, 1>::from_shape({0});
    BOOST_TEST(words_of<shape_error>([&] { t.step(x = narrow, y = right); }) ==
               "x wants (batch, 3), got (3, 2): 2 in dimension 1 must be 3");
    BOOST_TEST(bytes_of(t) == before);
    BOOST_TEST(words_of<shape_error>([&] { t.step(x = rows, y = two); }) == "batch is 3 in x and 2 in y");
    BOOST_TEST(bytes_of(t) == before);
    BOOST_TEST(words_of<shape_error>([&] { t.step(x = no_rows, y = no_labels); }) ==
               "x wants (batch, 3), got (0, 3): batch must be at least 1");
    BOOST_TEST(bytes_of(t) == before);
    for (int label : {2, -1, 1000}) {
        const xt::xtensor<int, 1> bad{0, 1, label};
        BOOST_TEST(words_of<std::out_of_range>([&] { t.step(x = rows, y = bad); }) ==
                   "y[2] is " + std::to_string(label) + ", but there are 2 classes: 0 to 1");
        BOOST_TEST(bytes_of(t) == before);
    }
    const xt::xtensor<float, 1> half{0, 1, 0.5f};
    BOOST_CHECK_THROW(t.step(x = rows, y = half), std::out_of_range);
    BOOST_TEST(bytes_of(t) == before);
    t.step(x = rows, y = right);  // and it goes on
    BOOST_TEST(bytes_of(t) != before);
}

BOOST_AUTO_TEST_CASE(a_seed_gives_the_same_training_to_the_last_bit) {
    const auto run = [](std::uint64_t seed) {
        auto t = train(loss, sgd{.learning_rate = 0.1}, seed);
        for (std::size_t epoch = 0; epoch < 3; ++epoch)
            for (auto [some, their] : batches(rows, right, 2, seed + epoch)) t.step(x = some, y = their);
        return bytes_of(t);
    };
    BOOST_TEST(run(1) == run(1));
    BOOST_TEST(run(1) != run(2));
}

BOOST_AUTO_TEST_CASE(weights_start_by_he_and_biases_at_zero) {
    auto t = train(loss, sgd{}, 5);
    auto same = compile(net(x));
    initialize(same, 5, he_normal{});
    BOOST_TEST(t.parameter<"fc1.weight">()[7] == same.parameter<"fc1.weight">()[7]);
    for (float v : t.parameter<"fc1.bias">()) BOOST_TEST(v == 0.f);
}

BOOST_AUTO_TEST_CASE(the_digits_are_read_to_96_percent_over_five_seeds) {
    constexpr auto pixels = input<"pixels", batch, 64>;
    constexpr auto hidden = linear<"fc1", 64, 32>;
    constexpr auto last = linear<"fc2", 32, 10>;
    constexpr auto reader = hidden >> relu >> last;
    const classification digits = load_digits();
    double sum = 0;
    for (std::uint64_t seed : {11u, 222u, 3333u, 44444u, 555555u}) {
        const auto [train_part, test_part] = split(digits, 0.2, seed);
        auto t = train(mean(cross_entropy(reader(pixels), y)), sgd{.learning_rate = 0.2}, seed);
        for (std::size_t epoch = 0; epoch < 30; ++epoch)
            for (auto [images, their] : batches(train_part, 32, seed + epoch)) t.step(pixels = images, y = their);
        auto predict = compile(reader(pixels));
        predict.take_parameters(t);
        const double share = accuracy(predict(pixels = test_part.features), test_part.labels);
        BOOST_TEST(share > 0.9, "seed " << seed << " reads only " << share);
        BOOST_TEST_MESSAGE("seed " << seed << ": " << share);
        sum += share;
    }
    BOOST_TEST(sum / 5 >= 0.96);
}

BOOST_AUTO_TEST_SUITE_END()
