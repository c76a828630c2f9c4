// SPDX-License-Identifier: BSL-1.0
// The main job: a network of typed expressions learns to read handwritten digits.
#include <gradus/gradus.hpp>
#include <boost/timer/progress_display.hpp>
#include <chrono>
#include <filesystem>
#include <iomanip>
#include <iostream>

//> network
using namespace gradus;

constexpr auto batch = dim<"batch">;       // a size that is known when the program runs
constexpr auto x = input<"x", batch, 64>;  // 8 x 8 grey values of each digit
constexpr auto y = input<"y", batch>;      // which digit it is, 0 to 9
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
constexpr auto loss = mean(cross_entropy(net(x), y));
constexpr auto dW = grad(loss, parameter_of<"fc1.weight">(loss));  // an expression like any other: (32, 64)
//< network

namespace {

constexpr std::array<std::uint64_t, 5> seeds{11, 222, 3333, 44444, 555555};
constexpr std::size_t epochs = 30;

/// What is left of one training: how many test digits are read right, and which are taken for which.
struct result {
    double accuracy = 0;
    xt::xtensor<int, 2> confusion;
};

/// Trains on 80 % of the digits and reads the other 20 %. The seed decides the split, the start and the batches.
result run(const classification& digits, std::uint64_t seed, boost::timer::progress_display& bar) {
    //> training
    auto [train_part, test_part] = split(digits, 0.2, seed);
    auto trainer = train(loss, sgd{.learning_rate = 0.2}, seed);
    for (std::size_t epoch = 0; epoch < epochs; ++epoch, ++bar)
        for (auto [images, labels] : batches(train_part, 32, seed + epoch)) trainer.step(x = images, y = labels);

    auto predict = compile(net(x));
    predict.take_parameters(trainer);
    const auto scores = predict(x = test_part.features);
    //< training
    result r;
    r.accuracy = accuracy(scores, test_part.labels);
    r.confusion = confusion_matrix(scores, test_part.labels, digits.classes.size());
    return r;
}

/// Draws one picture as SVG and PNG.
void draw(const std::string& name, const std::string& dot) {
    for (const char* ending : {".svg", ".png"}) render(name + ending, dot);
    std::cout << "  " << name << ".svg  " << name << ".png\n";
}

}  // namespace

int main() try {
    const auto graph = graph_of(loss);
    std::cout << layer_table(graph) << "\nd loss / d fc1.weight = " << text(dW) << "\n\n";

    const classification digits = load_digits();
    std::cout << "Training on " << digits.features.shape(0) << " digits, " << seeds.size()
              << " times from other seeds\n";
    std::vector<result> results;
    const auto start = std::chrono::steady_clock::now();
    boost::timer::progress_display bar(seeds.size() * epochs, std::cout, "", "", "");
    for (std::uint64_t seed : seeds) results.push_back(run(digits, seed, bar));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

    std::cout << std::fixed << std::setprecision(1);
    double mean_accuracy = 0;
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        std::cout << "seed " << std::setw(6) << seeds[i] << "   " << 100 * results[i].accuracy
                  << " % of the test digits are right\n";
        mean_accuracy += results[i].accuracy / static_cast<double>(seeds.size());
    }
    std::cout << "mean          " << 100 * mean_accuracy << " %, in " << std::setprecision(2) << seconds.count()
              << " s\n\n"
              << "What the last one takes for what:\n"
              << confusion_text(results.back().confusion, digits.classes) << "\n";

    std::cout << "Pictures in " << std::filesystem::current_path().string() << "\n";
    draw("layers", draw_layers(graph, {.title = "64-32-10"}));
    draw("expression", draw_expression(written_graph_of(loss)));
    draw("gradient", draw_forward_gradient(graph_of(loss, dW, grad(loss, parameter_of<"fc1.bias">(loss)),
                                                    grad(loss, parameter_of<"fc2.weight">(loss)),
                                                    grad(loss, parameter_of<"fc2.bias">(loss)))));
    return 0;
} catch (const std::exception& e) {
    std::cerr << "\ndigits: " << e.what() << "\n";
    return 1;
}
