// SPDX-License-Identifier: BSL-1.0
// The stored runs of PyTorch's optimizers, and the same runs by Gradus. optimizer_values.txt is written by
// `/usr/bin/python3 tools/reference_values.py`, which explains its format.
#pragma once
#include <gradus/gradus.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace gradus::testing {

using numbers_by_name = std::map<std::string, std::vector<double>>;

/// Twenty steps of PyTorch.
struct run_of_torch {
    std::size_t rows = 0;
    numbers_by_name input, start, after;
    std::vector<double> loss;
};
struct reference {
    std::map<std::string, run_of_torch> runs;  ///< by "adam shared 4"
    numbers_by_name schedules;
};
inline const reference& stored() {
    static const reference all = [] {
        reference r;
        const char* const root = std::getenv("GRADUS_SOURCE");
        std::ifstream file(std::string(root ? root : ".") + "/tests/train/optimizer_values.txt");
        run_of_torch* run = nullptr;
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line);
            std::string word, name, network;
            words >> word;
            if (word == "case") {
                std::size_t rows = 0;
                words >> name >> network >> rows;
                run = &r.runs[name + " " + network + " " + std::to_string(rows)];
                run->rows = rows;
                continue;
            }
            if (word != "loss") words >> name;
            std::vector<double> values;
            for (double v = 0; words >> v;) values.push_back(v);
            if (word == "input") run->input[name] = values;
            if (word == "start") run->start[name] = values;
            if (word == "after") run->after[name] = values;
            if (word == "loss") run->loss = values;
            if (word == "schedule") r.schedules[name] = values;
        }
        return r;
    }();
    return all;
}

// ---- the two networks

inline constexpr auto batch = dim<"batch">;
inline constexpr auto x = input<"x", batch, 3>;
inline constexpr auto classes = input<"y", batch>;
inline constexpr auto targets = input<"y", batch, 3>;

inline constexpr auto fc1 = linear<"fc1", 3, 4>;
inline constexpr auto fc2 = linear<"fc2", 4, 2>;
inline constexpr auto two = mean(cross_entropy((fc1 >> tanh >> fc2)(x), classes));

inline constexpr auto W = parameter<"W", 3, 3>;
inline constexpr auto s = parameter<"s">;
inline constexpr auto b = parameter<"b", 3>;
inline constexpr auto shared =
    mse_loss(s * tanh(matmul(tanh(matmul(x, transpose(W))), transpose(W))) + b, targets);  // W is used twice

/// Whether |a - b| is at most `tolerance`, relative where they are above 1.
inline bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

/// Takes the twenty steps and compares losses, parameters and states; every state must be in the stored run and the
/// other way round.
template <class Trainer, class Y>
void check_run(Trainer t, const std::string& name, const std::string& network, std::size_t rows, const Y& y,
               double tolerance) {
    using T = typename Trainer::value_type;
    const std::string full = name + " " + network + " " + std::to_string(rows);
    BOOST_TEST_CONTEXT(full) {
        const auto found = stored().runs.find(full);
        BOOST_REQUIRE(found != stored().runs.end());
        const run_of_torch& run = found->second;
        for (const auto& [key, values] : run.start) {
            const auto to = t.parameter(key);
            BOOST_REQUIRE(to.size() == values.size());
            std::transform(values.begin(), values.end(), to.begin(), [](double v) { return static_cast<T>(v); });
        }
        xt::xtensor<T, 2> in = xt::xtensor<T, 2>::from_shape({rows, 3});
        std::transform(run.input.at("x").begin(), run.input.at("x").end(), in.begin(),
                       [](double v) { return static_cast<T>(v); });
        const auto out = [&] {
            if constexpr (std::is_same_v<Y, std::remove_cv_t<decltype(classes)>>)
                return xt::xtensor<T, 1>(xt::xtensor<T, 1>::from_shape({rows}));
            else
                return xt::xtensor<T, 2>(xt::xtensor<T, 2>::from_shape({rows, 3}));
        };
        auto wanted = out();
        std::transform(run.input.at("y").begin(), run.input.at("y").end(), wanted.begin(),
                       [](double v) { return static_cast<T>(v); });
        BOOST_REQUIRE(run.loss.size() == 20u);
        for (double loss : run.loss) {
            const double seen = static_cast<double>(t.step(x = in, y = wanted));
            BOOST_TEST(near(seen, loss, tolerance), "loss " << seen << ", PyTorch " << loss);
        }
        std::size_t compared = 0;
        const auto check = [&](const std::string& key, auto values) {
            const auto after = run.after.find(key);
            BOOST_REQUIRE_MESSAGE(after != run.after.end(), key << " is nothing that PyTorch keeps");
            BOOST_REQUIRE(values.size() == after->second.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                BOOST_TEST(near(static_cast<double>(values[i]), after->second[i], tolerance),
                           key << "[" << i << "] " << values[i] << ", PyTorch " << after->second[i]);
            ++compared;
        };
        for (const parameter_info& p : t.parameters()) check(p.name, t.parameter(p.name));
        for (const parameter_info& p : t.states()) check(p.name, t.state(p.name));
        BOOST_TEST(compared == run.after.size());
    }
}

/// The network with the shared weight, with rows and a batch of 1, by the interpreter, which compiles quickly.
template <auto Rule> void check_shared(const std::string& name) {
    using step = detail::training_step<std::remove_cv_t<decltype(shared)>, std::remove_cv_t<decltype(Rule)>, Rule>;
    constexpr graph_view g = step::graph;
    for (std::int64_t rows : {4, 1}) {
        const std::string full = name + " shared " + std::to_string(rows);
        BOOST_TEST_CONTEXT(full) {
            const auto found = stored().runs.find(full);
            BOOST_REQUIRE(found != stored().runs.end());
            const run_of_torch& run = found->second;
            interpreter by_hand(g, {rows});
            for (const auto& [key, values] : run.input) by_hand.set(key, values);
            for (const auto& [key, values] : run.start) by_hand.set(key, values);
            const std::vector<parameter_info> states = detail::parameters_of(g, true);
            for (const parameter_info& state : states) {
                const auto size = static_cast<std::size_t>(by_hand.value(state.name).size());
                by_hand.set(state.name, std::vector<double>(size, Rule.initial_state()));
            }
            BOOST_TEST(states.size() + run.start.size() == run.after.size());
            for (std::size_t i = 0; i < run.loss.size(); ++i) {
                const auto settings = Rule.settings(static_cast<std::int64_t>(i) + 1);
                for (std::size_t k = 0; k < settings.size(); ++k) by_hand.set_literal(static_cast<int>(k), settings[k]);
                by_hand.run();
                BOOST_TEST(near(by_hand.output(0)[0], run.loss[i], 1e-9));
            }
            for (const auto& [key, values] : run.after)
                for (std::size_t i = 0; i < values.size(); ++i)
                    BOOST_TEST(near(by_hand.value(key)[static_cast<std::int64_t>(i)], values[i], 1e-9),
                               key << "[" << i << "]");
        }
    }
}
/// The network of two layers, with rows and a batch of 1, compiled, in double and in float.
template <auto Rule> void check_two(const std::string& name) {
    for (std::size_t rows : {5u, 1u}) {
        check_run(train<Rule, double>(two), name, "two", rows, classes, 1e-9);
        check_run(train<Rule>(two), name, "two", rows, classes, 1e-6);
    }
}

}  // namespace gradus::testing
