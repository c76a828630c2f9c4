// SPDX-License-Identifier: BSL-1.0
// Runs a graph as a program and in the reference interpreter with the same random numbers and compares all outputs.
#pragma once
#include <gradus/graph/builder.hpp>
#include <gradus/program/interpret.hpp>
#include <gradus/program/program.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

namespace gradus::testing {

/// A graph made by hand: `Make::build()`.
template <class Make> struct source { static constexpr auto graph = freeze<Make>(); };

template <class Source, class T> class comparison {
  public:
    explicit comparison(std::initializer_list<std::int64_t> sizes, unsigned seed = 1) : random_(seed) { resize(sizes); }

    void resize(std::initializer_list<std::int64_t> sizes) { sizes_.assign(sizes); }

    /// New inputs, one run of both, all outputs and parameters equal within `tolerance` times their size.
    void step(double tolerance) {
        constexpr graph_view g = Source::graph;
        interpreter oracle(g, std::span<const std::int64_t>(sizes_));
        fill(oracle, std::make_integer_sequence<int, static_cast<int>(Source::graph.nodes.size())>{});
        std::vector<interpreter::tensor> before;  // an output that is a parameter has its value before the update
        for (const output& out : Source::graph.outputs) before.push_back(oracle.value(out.node));
        program.run();
        oracle.run();
        for (std::size_t o = 0; o < g.outputs.size(); ++o) {
            const output& out = Source::graph.outputs[o];
            if (out.assigned_to != no_node) continue;
            compare("output " + std::to_string(o), program.output_data(static_cast<int>(o)),
                    Source::graph[out.node].is_leaf() ? before[o] : oracle.value(out.node), tolerance);
        }
        for (const parameter_info& p : program.parameters())
            compare(p.name, program.parameter(p.name), oracle.value(p.node), tolerance);
    }
    void steps(double tolerance, int count = 2) {
        for (int i = 0; i < count; ++i) step(tolerance);
    }

    basic_program<Source, T> program;

  private:
    template <class Got>
    void compare(const std::string& what, Got got, const interpreter::tensor& want, double tolerance) {
        BOOST_TEST_REQUIRE(got.size() == static_cast<std::size_t>(want.size()), what);
        int wrong = 0;
        for (std::size_t i = 0; i < got.size(); ++i) {
            const double a = static_cast<double>(got[i]);
            const double b = want[static_cast<std::int64_t>(i)];
            const bool same =
                (std::isnan(a) && std::isnan(b)) || a == b || std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
            if (!same && ++wrong <= 3) BOOST_TEST_ERROR(what << "[" << i << "] is " << a << ", must be " << b);
        }
    }
    template <int... I> void fill(interpreter& oracle, std::integer_sequence<int, I...>) { (fill_one<I>(oracle), ...); }
    template <int I> void fill_one(interpreter& oracle) {
        constexpr node n = Source::graph.nodes[I];
        if constexpr (n.is(op::input)) {
            std::vector<std::size_t> shape;
            for (int k = 0; k < n.shape.rank; ++k) shape.push_back(static_cast<std::size_t>(size_of(n.shape[k])));
            values_[I] = random_values(shape, std::string_view(n.name).substr(0, 7) == "classes");
            oracle.set(I, as_double(values_[I]));
            if constexpr (n.shape.rank == 0)
                program.template bind<I>(values_[I][0]);
            else
                program.template bind<I>(xt::adapt(values_[I], shape));
        } else if constexpr (n.is(op::parameter)) {
            std::span<T> p = program.template parameter<I>();
            if (!started_)
                for (T& x : p) x = number();
            oracle.set(I, as_double(p));
            if (I + 1 == Source::graph.nodes.size()) started_ = true;
        } else if constexpr (n.is(op::constant) && n.attrs.literal > 0) {
            const double x = std::abs(static_cast<double>(number())) + 0.1;
            program.set_literal(n.attrs.literal - 1, x);
            oracle.set(I, {x});
        }
    }
    T number() { return static_cast<T>(std::uniform_real_distribution<double>(-1.5, 1.5)(random_)); }
    std::vector<T> random_values(const std::vector<std::size_t>& shape, bool classes) {
        std::size_t n = 1;
        for (std::size_t s : shape) n *= s;
        std::vector<T> v(n);
        for (T& x : v) x = classes ? static_cast<T>(random_() % 3) : number();
        return v;
    }
    template <class V> static std::vector<double> as_double(const V& v) { return {v.begin(), v.end()}; }
    std::int64_t size_of(const axis& a) const {
        if (!a.is_symbolic()) return a.size;
        for (std::size_t s = 0; s < Source::graph.symbols.size(); ++s)
            if (Source::graph.symbols[s] == a.name) return sizes_[s];
        return 0;
    }

    std::mt19937 random_;
    std::vector<std::int64_t> sizes_;
    std::array<std::vector<T>, Source::graph.nodes.size()> values_;
    bool started_ = false;
};

/// One graph in float and double, with some sizes of its symbols.
template <class Make>
void agree(std::initializer_list<std::initializer_list<std::int64_t>> sizes, double float_tolerance = 2e-5) {
    comparison<source<Make>, double> exact(*sizes.begin());
    comparison<source<Make>, float> rough(*sizes.begin());
    for (const auto& s : sizes) {
        exact.resize(s);
        exact.steps(1e-11);
        rough.resize(s);
        rough.steps(float_tolerance);
    }
}

}  // namespace gradus::testing
