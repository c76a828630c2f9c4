// SPDX-License-Identifier: BSL-1.0
// The main job: a network of typed expressions learns to read handwritten digits.
#include <gradus/gradus.hpp>
#include <boost/timer/progress_display.hpp>
#include <chrono>
#include <iostream>

using namespace gradus;

//> network
constexpr auto batch = dim<"batch">;              // known when the program runs
constexpr auto x = input<"x", batch, 64>;         // (batch, in_features): 8 x 8 grey values
constexpr auto y = input<"y", batch>;             // (batch,): which digit it is
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));
//< network

namespace {

constexpr std::array<std::uint64_t, 5> seeds{11, 222, 3333, 44444, 555555};
constexpr std::size_t epochs = 30;

/// Trains on 80 % of the digits and returns the predictions for the other 20 %.
double run(const classification& digits, std::uint64_t seed, bool confused) {
    //> training
    const auto [train_part, test_part] = split(digits, 0.2, seed);
    auto trainer = train(loss, sgd{.learning_rate = 0.2}, seed);
    boost::timer::progress_display bar(epochs, std::cout, "\n", "", "");
    for (std::size_t epoch = 0; epoch < epochs; ++epoch, ++bar)
        for (auto [images, labels] : batches(train_part, 32, seed + epoch)) trainer.step(x = images, y = labels);

    auto predict = compile(net(x));
    predict.take_parameters(trainer);
    const auto scores = predict(x = test_part.features);
    //< training
    if (confused)
        std::cout << "\n" << confusion_text(confusion_matrix(scores, test_part.labels, 10), digits.classes) << "\n";
    return accuracy(scores, test_part.labels);
}

}  // namespace

int main() try {
    constexpr auto graph = graph_of(loss);
    constexpr auto W = parameter_of<"fc1.weight">(loss);
    std::cout << layer_table(graph) << "\nd loss / d fc1.weight = " << text(grad(loss, W)) << "\n";

    const classification digits = load_digits();
    double sum = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t seed : seeds) {
        const double right = run(digits, seed, seed == seeds.back());
        std::cout << "seed " << seed << ": " << 100 * right << " % of the test digits are read right\n";
        sum += right;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << "mean accuracy " << 100 * sum / seeds.size() << " % in " << seconds.count() << " s\n";

    const auto picture = [](const std::string& name, const std::string& dot) {
        for (const char* ending : {".svg", ".png"}) render(name + ending, dot);
        std::cout << "wrote " << name << ".svg and " << name << ".png\n";
    };
    picture("layers", draw_layers(graph, {.title = "64-32-10"}));
    picture("expression", draw_expression(written_graph_of(loss)));
    picture("gradient", draw_forward_gradient(graph_of(loss, grad(loss, W), grad(loss, parameter_of<"fc1.bias">(loss)),
                                                       grad(loss, parameter_of<"fc2.weight">(loss)),
                                                       grad(loss, parameter_of<"fc2.bias">(loss)))));
    return 0;
} catch (const std::exception& e) {
    std::cerr << "digits: " << e.what() << "\n";
    return 1;
}
