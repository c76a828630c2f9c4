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

/// All of a comparison that does not depend on the graph's type: compiled once for each type of numbers.
template <class T> class any_comparison {
  public:
    any_comparison(graph_view g, std::initializer_list<std::int64_t> sizes, unsigned seed)
        : graph_(g), random_(seed), values_(g.nodes.size()) {
        resize(sizes);
    }
    virtual ~any_comparison() = default;

    void resize(std::initializer_list<std::int64_t> sizes) { sizes_.assign(sizes); }

    /// New inputs, one run of both, all outputs and parameters equal within `tolerance` times their size.
    void step(double tolerance) {
        interpreter oracle(graph_, std::span<const std::int64_t>(sizes_));
        for (node_id i = 0; i < graph_.size(); ++i) fill(oracle, i);
        std::vector<interpreter::tensor> before;  // an output that is a parameter has its value before the update
        for (const output& out : graph_.outputs) before.push_back(oracle.value(out.node));
        run();
        oracle.run();
        for (std::size_t o = 0; o < graph_.outputs.size(); ++o) {
            const output& out = graph_.outputs[o];
            if (out.assigned_to != no_node) continue;
            compare("output " + std::to_string(o), output_data(static_cast<int>(o)),
                    graph_[out.node].is_leaf() ? before[o] : oracle.value(out.node), tolerance);
        }
        for (const parameter_info& p : detail::parameters_of(graph_))
            compare(p.name, parameter(p.name), oracle.value(p.node), tolerance);
    }
    void steps(double tolerance, int count = 2) {
        for (int i = 0; i < count; ++i) step(tolerance);
    }

  private:
    virtual void run() = 0;
    virtual void bind(node_id input, const std::vector<T>& values, const std::vector<std::size_t>& shape) = 0;
    virtual void set_literal(int which, double value) = 0;
    virtual std::span<T> parameter(std::string_view name) = 0;
    virtual std::span<const T> output_data(int i) const = 0;

    void compare(const std::string& what, std::span<const T> got, const interpreter::tensor& want, double tolerance) {
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
    void fill(interpreter& oracle, node_id i) {
        const node& n = graph_[i];
        std::vector<T>& values = values_[static_cast<std::size_t>(i)];
        if (n.is(op::input)) {
            std::vector<std::size_t> shape;
            for (int k = 0; k < n.shape.rank; ++k) shape.push_back(static_cast<std::size_t>(size_of(n.shape[k])));
            values = random_values(shape, std::string_view(n.name).substr(0, 7) == "classes");
            oracle.set(i, as_double(values));
            bind(i, values, shape);
        } else if (n.is(op::parameter)) {
            const std::span<T> p = parameter(detail::full_name(graph_, i));
            for (T& x : p) x = number();
            oracle.set(i, as_double(p));
        } else if (n.is(op::constant) && n.attrs.literal > 0) {
            const double x = std::abs(static_cast<double>(number())) + 0.1;
            set_literal(n.attrs.literal - 1, x);
            oracle.set(i, {x});
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
    static std::vector<double> as_double(std::span<const T> v) { return {v.begin(), v.end()}; }
    std::int64_t size_of(const axis& a) const {
        if (!a.is_symbolic()) return a.size;
        for (std::size_t s = 0; s < graph_.symbols.size(); ++s)
            if (graph_.symbols[s] == a.name) return sizes_[s];
        return 0;
    }

    graph_view graph_;
    std::mt19937 random_;
    std::vector<std::int64_t> sizes_;
    std::vector<std::vector<T>> values_;
};

/// The program of `Source::graph` beside the interpreter.
template <class Source, class T> class comparison final : public any_comparison<T> {
  public:
    explicit comparison(std::initializer_list<std::int64_t> sizes, unsigned seed = 1)
        : any_comparison<T>(Source::graph, sizes, seed) {}

    basic_program<Source, T> program;

  private:
    void run() override { program.run(); }
    void bind(node_id input, const std::vector<T>& values, const std::vector<std::size_t>& shape) override {
        const auto one = [&]<int I>(std::integral_constant<int, I>) {
            if constexpr (Source::graph.nodes[I].is(op::input)) {
                if (input != I) return;
                if constexpr (Source::graph.nodes[I].shape.rank == 0)
                    program.template bind<I>(values[0]);
                else
                    program.template bind<I>(xt::adapt(values, shape));
            }
        };
        [&]<int... I>(std::integer_sequence<int, I...>) { (one(std::integral_constant<int, I>{}), ...); }
        (std::make_integer_sequence<int, static_cast<int>(Source::graph.nodes.size())>{});
    }
    void set_literal(int which, double value) override { program.set_literal(which, value); }
    std::span<T> parameter(std::string_view name) override { return program.parameter(name); }
    std::span<const T> output_data(int i) const override { return program.output_data(i); }
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
