// SPDX-License-Identifier: BSL-1.0
// Writes the batch and the starting weights of W1 to W5 as raw float32, and prints what they are as JSON.
#include "workload.hpp"
#include <random>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: write_starts FOLDER   (started by tools/bench)\n";
        return 2;
    }
    using namespace bench;
    std::cout << "[";
    for (const workload* w : workloads) {
        // The standard fixes what this generator gives, but not what its distributions do: so no distribution here.
        std::mt19937 random(20260101);
        const auto uniform = [&](float limit) {
            return limit * (static_cast<float>(random() >> 8) / static_cast<float>(1 << 23) - 1.f);
        };
        std::vector<float> values;
        for (std::size_t i = 0; i < w->inputs(); ++i) values.push_back(uniform(1.f));
        for (std::size_t i = 0; i < w->targets(); ++i)
            values.push_back(w->last == loss::mse ? uniform(1.f)
                                                  : static_cast<float>(random() % static_cast<unsigned>(w->out())));
        for (int l = 0; l < w->layers; ++l) {
            const float fan_in = static_cast<float>(w->widths[static_cast<std::size_t>(l)]);
            for (std::size_t i = 0; i < w->weights(l); ++i) values.push_back(uniform(std::sqrt(6.f / fan_in)));
            for (std::size_t i = 0; i < w->biases(l); ++i) values.push_back(uniform(1.f / std::sqrt(fan_in)));
        }
        std::ofstream file(std::string(argv[1]) + "/" + w->name + ".f32", std::ios::binary);
        file.write(reinterpret_cast<const char*>(values.data()),
                   static_cast<std::streamsize>(values.size() * sizeof(float)));
        if (!file) throw std::runtime_error(std::string("cannot write to ") + argv[1]);

        std::cout << (w == workloads[0] ? "" : ",\n") << R"({"name": ")" << w->name << R"(", "widths": [)";
        for (int l = 0; l <= w->layers; ++l) std::cout << (l ? ", " : "") << w->widths[static_cast<std::size_t>(l)];
        std::cout << R"(], "batch": )" << w->batch << R"(, "hidden": ")"
                  << (w->hidden == activation::tanh ? "tanh" : "relu") << R"(", "loss": ")"
                  << (w->last == loss::mse ? "mse" : "cross_entropy") << R"(", "learning_rate": )" << w->learning_rate
                  << "}";
    }
    std::cout << "]\n";
}
