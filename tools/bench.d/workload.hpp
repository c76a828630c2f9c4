// SPDX-License-Identifier: BSL-1.0
// The training steps that tools/bench measures: sizes, the data and starting weights that all peers share, and the
// conversation with the driver. The one place that says what W1 to W5 are.
#pragma once
#include <array>
#include <cmath>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

enum class activation { tanh, relu };
enum class loss { cross_entropy, mse };

/// A chain of fully connected layers, an activation between them, a loss on the last one, SGD on one fixed batch.
/// Weights are (out_features, in_features), everything is row-major. Cross-entropy takes class indices.
struct workload {
    const char* name;
    int batch;
    int layers;
    std::array<int, 5> widths;
    activation hidden;
    loss last;
    float learning_rate;

    constexpr int in() const { return widths[0]; }
    constexpr int out() const { return widths[static_cast<std::size_t>(layers)]; }
    constexpr std::size_t inputs() const { return static_cast<std::size_t>(batch) * static_cast<std::size_t>(in()); }
    constexpr std::size_t targets() const {
        return static_cast<std::size_t>(batch) * (last == loss::mse ? static_cast<std::size_t>(out()) : 1);
    }
    constexpr std::size_t weights(int layer) const {
        const auto l = static_cast<std::size_t>(layer);
        return static_cast<std::size_t>(widths[l]) * static_cast<std::size_t>(widths[l + 1]);
    }
    constexpr std::size_t biases(int layer) const {
        return static_cast<std::size_t>(widths[static_cast<std::size_t>(layer) + 1]);
    }
    constexpr std::size_t parameters() const {
        std::size_t sum = 0;
        for (int l = 0; l < layers; ++l) sum += weights(l) + biases(l);
        return sum;
    }
};

inline constexpr workload W1{"W1", 4, 2, {2, 4, 2}, activation::tanh, loss::cross_entropy, 0.1f};
inline constexpr workload W2{"W2", 32, 2, {64, 32, 10}, activation::relu, loss::cross_entropy, 0.1f};
inline constexpr workload W3{"W3", 64, 2, {784, 128, 10}, activation::relu, loss::cross_entropy, 0.05f};
inline constexpr workload W4{"W4", 128, 3, {784, 512, 512, 10}, activation::relu, loss::cross_entropy, 0.05f};
inline constexpr workload W5{"W5", 256, 3, {1024, 1024, 1024, 1024}, activation::relu, loss::mse, 10.f};
inline constexpr std::array<const workload*, 5> workloads{&W1, &W2, &W3, &W4, &W5};

/// What every peer starts from. `parameters` holds weight and bias of each layer in turn, as a PyTorch module lists
/// them.
struct start {
    std::vector<float> inputs, targets, parameters;

    const float* weight(const workload& w, int layer) const {
        const float* at = parameters.data();
        for (int l = 0; l < layer; ++l) at += w.weights(l) + w.biases(l);
        return at;
    }
    const float* bias(const workload& w, int layer) const { return weight(w, layer) + w.weights(layer); }
};

/// Reads `<folder>/<name>.f32`, which write_starts.cpp wrote: inputs, targets, parameters.
inline start read_start(const workload& w, const std::string& folder) {
    start s;
    const std::string path = folder + "/" + w.name + ".f32";
    std::ifstream file(path, std::ios::binary);
    const auto part = [&](std::vector<float>& values, std::size_t size) {
        values.resize(size);
        file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(size * sizeof(float)));
        if (!file) throw std::runtime_error(path + ": cannot be read, or is too short for " + w.name);
    };
    part(s.inputs, w.inputs());
    part(s.targets, w.targets());
    part(s.parameters, w.parameters());
    return s;
}

/// A network of one peer, ready to train.
struct network {
    virtual ~network() = default;
    /// Puts the starting weights back.
    virtual void restart(const start& from, float learning_rate) = 0;
    /// Trains `count` steps on the batch and returns the loss that the last of them saw.
    virtual float train(long count) = 0;
    /// Copies the parameters as they are now, in the order of `start::parameters`.
    virtual void copy_parameters(float* to) const = 0;
};

using networks = std::map<std::string, std::function<std::unique_ptr<network>(const start&)>>;

/// Answers the driver, one line for one line, until the input ends:
///   first W3 out.f32   writes the gradient at the start, prints the loss at the start
///   train W3 20        prints the loss after that many steps from the start
///   time W3 0.1        trains for so many seconds, prints the fewest microseconds of processor time a step
/// The gradient is read off a step with a huge learning rate, g = (before - after) / rate: this costs one rounding
/// of g, asks nothing of the peer but to train, and measures a peer that never stores a gradient.
inline int serve(const std::string& version, const networks& known, int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " FOLDER_OF_STARTS   (started by tools/bench)\n";
        return 2;
    }
    struct running {
        const workload* sizes;
        start from;
        std::unique_ptr<network> net;
    };
    std::map<std::string, running> made;
    std::cout << version << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string verb, name;
        words >> verb >> name;
        auto& r = made[name];
        if (!r.net) {
            for (const workload* w : workloads)
                if (w->name == name) r.sizes = w;
            if (!r.sizes || !known.contains(name)) throw std::runtime_error("no workload " + name);
            r.from = read_start(*r.sizes, argv[1]);
            r.net = known.at(name)(r.from);
        }
        if (verb == "first") {
            constexpr float rate = 1 << 20;
            std::string path;
            words >> path;
            r.net->restart(r.from, rate);
            const float seen = r.net->train(1);
            std::vector<float> gradient(r.from.parameters.size());
            r.net->copy_parameters(gradient.data());
            for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = (r.from.parameters[i] - gradient[i]) / rate;
            std::ofstream(path, std::ios::binary)
                .write(reinterpret_cast<const char*>(gradient.data()),
                       static_cast<std::streamsize>(gradient.size() * sizeof(float)));
            std::cout << seen << std::endl;
        } else if (verb == "train") {
            long count = 0;
            words >> count;
            r.net->restart(r.from, r.sizes->learning_rate);
            r.net->train(count);
            std::cout << r.net->train(1) << std::endl;
        } else if (verb == "time") {
            double seconds = 0;
            words >> seconds;
            r.net->restart(r.from, r.sizes->learning_rate);
            const auto timed = [&](long count) {
                const std::clock_t begin = std::clock();
                r.net->train(count);
                return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            };
            // Processor time of all threads, since on a busy machine a long step is interrupted every time. Blocks of
            // at least a twentieth of the round; the fastest one counts, as others share the caches.
            long count = 1;
            double block = timed(1);
            while (block < seconds / 20) block = timed(count *= 2);
            double best = block;
            for (double spent = block; spent < seconds; spent += block) best = std::min(best, block = timed(count));
            std::cout << best * 1e6 / static_cast<double>(count) << std::endl;
        } else {
            throw std::runtime_error("no verb " + verb);
        }
    }
    return 0;
}

}  // namespace bench
