// SPDX-License-Identifier: BSL-1.0
// The reference interpreter: computes every node of a graph with plain loops over doubles. It is what the kernels are
// compared with, so it shares nothing with them, and it runs inside the compiler: a network can be trained there.
#pragma once
#include <gradus/expr/elementary.hpp>
#include <gradus/graph/graph.hpp>
#include <gradus/shape/sentence.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Runs a graph node by node.
///
///     interpreter run(graph, {{4}});            // the sizes of graph.symbols, in their order
///     run.set("x", {0, 0, 0, 1, 1, 0, 1, 1});
///     run.set("W", {0.1, -0.2});
///     run.run();
///     double loss = run.value(graph.outputs[0].node)[0];
///
/// Every value stays readable after `run`; outputs with `assigned_to` then replace their parameter, so that running
/// again is the next step of training. Comparisons give 0 or 1. Maxima keep NaN, argmax takes the first of equals (and
/// NaN before all), as PyTorch does. Infinity and NaN are as IEEE 754 says; inside the compiler an operation that makes
/// a NaN or divides by zero is an error of the compiler instead.
///
/// Error   std::invalid_argument for wrong sizes, names and values (each says what was wanted and given)
class interpreter {
  public:
    /// Elements in row-major order and the sizes of their dimensions.
    struct tensor {
        std::array<std::int64_t, max_rank> sizes{};
        int rank = 0;
        std::vector<double> values;

        constexpr tensor() = default;
        /// Error   the number of values is not the product of the sizes
        constexpr tensor(std::initializer_list<std::int64_t> dimensions, std::vector<double> elements)
            : values(std::move(elements)) {
            if (dimensions.size() > max_rank) refuse_rank(static_cast<int>(dimensions.size()));
            for (std::int64_t n : dimensions) sizes[static_cast<std::size_t>(rank++)] = n;
            if (product() != size()) refuse_count("a tensor", product(), size());
        }
        constexpr std::int64_t size() const { return static_cast<std::int64_t>(values.size()); }
        constexpr double operator[](std::int64_t i) const { return values[static_cast<std::size_t>(i)]; }
        constexpr std::int64_t dimension(int i) const { return sizes[static_cast<std::size_t>(i)]; }
        constexpr std::int64_t product() const {
            std::int64_t n = 1;
            for (int i = 0; i < rank; ++i) n *= sizes[static_cast<std::size_t>(i)];
            return n;
        }
        friend constexpr bool operator==(const tensor&, const tensor&) = default;
    };

    /// Takes one size for each symbolic dimension of the graph; the graph must outlive the interpreter.
    constexpr explicit interpreter(graph_view g, std::span<const std::int64_t> symbol_sizes = {})
        : graph_(g), symbols_(symbol_sizes.begin(), symbol_sizes.end()) {
        start();
    }
    constexpr interpreter(graph_view g, std::initializer_list<std::int64_t> symbol_sizes)
        : graph_(g), symbols_(symbol_sizes) {
        start();
    }

    /// Gives a leaf its elements, in row-major order. A constant with `attributes::literal` is a leaf, too.
    constexpr void set(node_id leaf, std::span<const double> elements) {
        if (leaf < 0 || leaf >= graph_.size()) refuse_node(leaf);
        const node& n = graph_[leaf];
        if (!n.is_leaf() || (n.is(op::constant) && n.attrs.literal == 0)) refuse_node(leaf);
        tensor& t = values_[static_cast<std::size_t>(leaf)];
        const auto given = static_cast<std::int64_t>(elements.size());
        if (given != t.size()) refuse_count(full_name(n), t.size(), given);
        for (std::size_t i = 0; i < elements.size(); ++i) t.values[i] = elements[i];
        known_[static_cast<std::size_t>(leaf)] = 1;
    }
    constexpr void set(node_id leaf, std::initializer_list<double> elements) {
        set(leaf, std::span<const double>(elements.begin(), elements.size()));
    }
    /// The same, with the sizes checked one by one.
    constexpr void set(node_id leaf, const tensor& t) {
        if (leaf >= 0 && leaf < graph_.size()) {
            const tensor& wanted = values_[static_cast<std::size_t>(leaf)];
            if (t.rank != wanted.rank || t.sizes != wanted.sizes) refuse_sizes(full_name(graph_[leaf]), wanted, t);
        }
        set(leaf, std::span<const double>(t.values));
    }
    /// By the leaf's full name, as "fc1.weight".
    constexpr void set(std::string_view name, std::span<const double> elements) { set(leaf(name), elements); }
    constexpr void set(std::string_view name, std::initializer_list<double> elements) { set(leaf(name), elements); }
    constexpr void set(std::string_view name, const tensor& t) { set(leaf(name), t); }
    /// The value of the constants with `attributes::literal == which + 1`, times the powers of sizes that each has.
    constexpr void set_literal(int which, double value) {
        for (node_id i = 0; i < graph_.size(); ++i)
            if (graph_[i].is(op::constant) && graph_[i].attrs.literal == which + 1)
                set(i, {value * powers(graph_[i].attrs)});
    }

    /// Computes all nodes, then lets the parameters take their new values.
    ///
    /// Error   a leaf has no value; a class index is not one of the classes
    constexpr void run() {
        for (node_id i = 0; i < graph_.size(); ++i) {
            if (!graph_[i].is_leaf())
                compute(i);
            else if (!known_[static_cast<std::size_t>(i)])
                refuse_missing(i);
        }
        assign();
    }

    /// What a node was computed to be; a leaf: its present value.
    constexpr const tensor& value(node_id i) const { return values_[static_cast<std::size_t>(i)]; }
    constexpr const tensor& value(std::string_view name) const { return value(leaf(name)); }
    /// The value of the graph's output number `i`.
    constexpr const tensor& output(int i) const { return value(graph_.outputs[static_cast<std::size_t>(i)].node); }

  private:
    // Sizes and values

    constexpr void start() {
        if (symbols_.size() != graph_.symbols.size())
            refuse_count("the symbolic dimensions", static_cast<std::int64_t>(graph_.symbols.size()),
                         static_cast<std::int64_t>(symbols_.size()));
        for (std::size_t i = 0; i < symbols_.size(); ++i)
            if (symbols_[i] < 1) refuse_symbol(graph_.symbols[i], symbols_[i]);
        values_.resize(static_cast<std::size_t>(graph_.size()));
        known_.assign(values_.size(), 0);
        for (node_id i = 0; i < graph_.size(); ++i) {
            const node& n = graph_[i];
            tensor& t = values_[static_cast<std::size_t>(i)];
            t.rank = n.shape.rank;
            for (int k = 0; k < t.rank; ++k) t.sizes[static_cast<std::size_t>(k)] = size_of(n.shape[k]);
            t.values.assign(static_cast<std::size_t>(t.product()), 0.0);
            if (n.is(op::constant) && n.attrs.literal == 0) {
                t.values[0] = n.attrs.value * powers(n.attrs);
                known_[static_cast<std::size_t>(i)] = 1;
            }
        }
    }
    constexpr std::int64_t size_of(const axis& a) const {
        if (!a.is_symbolic()) return a.size;
        for (std::size_t i = 0; i < symbols_.size(); ++i)
            if (graph_.symbols[i] == a.name) return symbols_[i];
        refuse_symbol(a.name, symbolic);
    }
    constexpr double powers(const attributes& attrs) const {
        double up = 1;
        double down = 1;
        for (std::size_t i = 0; i < symbols_.size(); ++i) {
            const int power = attrs.powers[i];
            for (int k = 0; k < power; ++k) up *= static_cast<double>(symbols_[i]);
            for (int k = 0; k > power; --k) down *= static_cast<double>(symbols_[i]);
        }
        return up / down;
    }
    constexpr node_id leaf(std::string_view name) const {
        const node_id found = find_leaf(graph_, name);
        if (found == no_node) refuse_name(name);
        return found;
    }
    constexpr tensor& at(node_id i) { return values_[static_cast<std::size_t>(i)]; }
    constexpr const tensor& operand(const node& n, int k) const {
        return values_[static_cast<std::size_t>(n.operands[static_cast<std::size_t>(k)])];
    }

    constexpr void assign() {
        // A new value that is itself a parameter might be replaced before it is read: two parameters change places.
        std::vector<tensor> copies;
        for (const gradus::output& o : graph_.outputs)
            if (o.assigned_to != no_node && graph_[o.node].is_leaf()) copies.push_back(at(o.node));
        std::size_t next = 0;
        for (const gradus::output& o : graph_.outputs) {
            if (o.assigned_to == no_node) continue;
            const tensor& from = graph_[o.node].is_leaf() ? copies[next++] : at(o.node);
            tensor& to = at(o.assigned_to);
            if (from.rank != to.rank || from.sizes != to.sizes)
                refuse_sizes(full_name(graph_[o.assigned_to]), to, from);
            const double* const source = from.values.data();
            double* const target = to.values.data();
            for (std::int64_t i = 0; i < to.size(); ++i) target[i] = source[i];
        }
    }

    // Walking over several tensors at once

    /// Visits the rows (runs along the last dimension) of a shape, and for each row says where in up to three tensors
    /// its first element stands: `at`, with `step` between neighbours.
    struct walk {
        int outer = 0;  // dimensions without the last
        std::int64_t length = 1;
        std::int64_t sizes[max_rank]{};
        std::int64_t index[max_rank]{};
        std::int64_t strides[3][max_rank]{};
        std::int64_t at[3]{};
        std::int64_t step[3]{};

        constexpr explicit walk(const tensor& over) {
            for (int i = 0; i < over.rank; ++i) sizes[i] = over.sizes[static_cast<std::size_t>(i)];
            if (over.rank > 0) length = sizes[outer = over.rank - 1];
        }
        /// Tensor number `slot` moves by `stride` along dimension `i`.
        constexpr void set(int slot, int i, std::int64_t stride) {
            strides[slot][i] = stride;
            if (i == outer) step[slot] = stride;
        }
        /// Tensor number `slot` is stretched to the shape walked over, as NumPy does.
        constexpr void stretch(int slot, const tensor& t, int rank) {
            std::int64_t stride = 1;
            for (int i = t.rank; i-- > 0;) {
                const std::int64_t n = t.sizes[static_cast<std::size_t>(i)];
                set(slot, i + rank - t.rank, n == 1 ? 0 : stride);
                stride *= n;
            }
        }
        constexpr bool next() {
            for (int i = outer; i-- > 0;) {
                const bool last = ++index[i] == sizes[i];
                const std::int64_t steps = last ? 1 - sizes[i] : 1;
                for (int s = 0; s < 3; ++s) at[s] += steps * strides[s][i];
                if (!last) return true;
                index[i] = 0;
            }
            return false;
        }
    };

    // Operations. The templates stand first: clang 14 does not find them in a constant expression otherwise.

    /// y = f(a, b, c) for as many operands as the node has.
    template <class F> constexpr void elementwise(node_id i, F f) {
        const node& n = graph_[i];
        tensor& result = at(i);
        double* const y = result.values.data();
        const double* from[3]{};
        bool plain = true;  // each operand has the result's elements or one
        std::int64_t step[3]{};
        for (int k = 0; k < n.arity; ++k) {
            const tensor& t = operand(n, k);
            from[k] = t.values.data();
            step[k] = t.size() == 1 ? 0 : 1;
            plain = plain && (t.size() == 1 || t.size() == result.size());
        }
        for (int k = n.arity; k < 3; ++k) from[k] = from[0];
        const double* const a = from[0];
        const double* const b = from[1];
        const double* const c = from[2];
        if (plain) {
            const std::int64_t size = result.size();
            for (std::int64_t j = 0; j < size; ++j) y[j] = f(a + j * step[0], b + j * step[1], c + j * step[2]);
            return;
        }
        walk w(result);
        for (int k = 0; k < n.arity; ++k) w.stretch(k, operand(n, k), result.rank);
        std::int64_t first = 0;
        do {
            for (std::int64_t j = 0; j < w.length; ++j)
                y[first + j] =
                    f(a + (w.at[0] + j * w.step[0]), b + (w.at[1] + j * w.step[1]), c + (w.at[2] + j * w.step[2]));
            first += w.length;
        } while (w.next());
    }
    template <class F> constexpr void map(node_id i, F f) {
        elementwise(i, [f](const double* a, const double*, const double*) { return f(*a); });
    }
    template <class F> constexpr void map2(node_id i, F f) {
        elementwise(i, [f](const double* a, const double* b, const double*) { return f(*a, *b); });
    }
    /// Calls `visit(element, place in the result)` for each element of the operand, in its order.
    template <class Visit> constexpr void reduce(node_id i, Visit visit) {
        const node& n = graph_[i];
        const tensor& from = operand(n, 0);
        walk w(from);
        std::int64_t stride = 1;
        for (int k = from.rank; k-- > 0;) {
            if (n.attrs.axes & (1 << k)) continue;
            w.set(0, k, stride);
            stride *= from.dimension(k);
        }
        const double* a = from.values.data();
        do {
            for (std::int64_t j = 0; j < w.length; ++j) visit(a[j], w.at[0] + j * w.step[0]);
            a += w.length;
        } while (w.next());
    }

    constexpr void compute(node_id i) {
        namespace e = elementary;
        const node& n = graph_[i];
        // clang-format off
        switch (n.operation) {
            case op::neg: return map(i, [](double a) { return -a; });
            case op::exp: return map(i, [](double a) { return e::exp(a); });
            case op::log: return map(i, [](double a) { return e::log(a); });
            case op::sqrt: return map(i, [](double a) { return e::sqrt(a); });
            case op::tanh: return map(i, [](double a) { return e::tanh(a); });
            case op::sigmoid: return map(i, [](double a) { return e::sigmoid(a); });
            case op::relu: return map(i, [](double a) { return a < 0 ? 0 : a; });
            case op::abs: return map(i, [](double a) { return e::abs(a); });
            case op::sign: return map(i, [](double a) { return e::sign(a); });
            case op::add: return map2(i, [](double a, double b) { return a + b; });
            case op::sub: return map2(i, [](double a, double b) { return a - b; });
            case op::mul: return map2(i, [](double a, double b) { return a * b; });
            case op::div: return map2(i, [](double a, double b) { return a / b; });
            case op::pow: return map2(i, [](double a, double b) { return e::pow(a, b); });
            case op::maximum: return map2(i, [](double a, double b) { return e::maximum(a, b); });
            case op::minimum: return map2(i, [](double a, double b) { return e::minimum(a, b); });
            case op::less: return map2(i, [](double a, double b) { return a < b ? 1.0 : 0.0; });
            case op::less_equal: return map2(i, [](double a, double b) { return a <= b ? 1.0 : 0.0; });
            case op::greater: return map2(i, [](double a, double b) { return a > b ? 1.0 : 0.0; });
            case op::greater_equal: return map2(i, [](double a, double b) { return a >= b ? 1.0 : 0.0; });
            case op::equal: return map2(i, [](double a, double b) { return a == b ? 1.0 : 0.0; });
            case op::not_equal: return map2(i, [](double a, double b) { return a != b ? 1.0 : 0.0; });
            case op::binary_cross_entropy_with_logits:
                return map2(i, [](double z, double y) { return e::binary_cross_entropy_with_logits(z, y); });
            case op::where:
                return elementwise(i,
                                   [](const double* a, const double* b, const double* c) { return *a != 0 ? *b : *c; });
            case op::matmul: return matmul(i);
            case op::permute: return permute(i);
            case op::reshape: return copy(operand(n, 0), at(i));
            case op::broadcast: return map(i, [](double a) { return a; });
            case op::sum: return sum(i, 1);
            case op::mean: return sum(i, operand(n, 0).size() / at(i).size());
            case op::max: return max(i);
            case op::argmax: return argmax(i);
            case op::one_hot: return one_hot(i);
            case op::softmax: return softmax(i, false);
            case op::log_softmax: return softmax(i, true);
            case op::cross_entropy:
            case op::cross_entropy_soft: return cross_entropy(i);
            case op::input:
            case op::parameter:
            case op::constant:
            case op::placeholder:
            case op::apply:
            case op::grad:
            case op::count: break;
        }
        // clang-format on
        refuse_operation(n.operation);
    }

    static constexpr void copy(const tensor& from, tensor& to) {
        const double* const a = from.values.data();
        double* const y = to.values.data();
        const std::int64_t size = to.size();
        for (std::int64_t j = 0; j < size; ++j) y[j] = a[j];
    }

    /// (..., n, k)(..., k, m): leading dimensions stretch; a vector is a row on the left, a column on the right.
    constexpr void matmul(node_id i) {
        const tensor& a = operand(graph_[i], 0);
        const tensor& b = operand(graph_[i], 1);
        tensor& result = at(i);
        const std::int64_t n = a.rank > 1 ? a.dimension(a.rank - 2) : 1;
        const std::int64_t inner = a.dimension(a.rank - 1);
        const std::int64_t m = b.rank > 1 ? b.dimension(b.rank - 1) : 1;
        // One row of the walk is one matrix: the leading dimensions, and a last one of size 1.
        tensor leading;
        for (int k = 0; k < result.rank - (a.rank > 1 ? 1 : 0) - (b.rank > 1 ? 1 : 0); ++k)
            leading.sizes[static_cast<std::size_t>(leading.rank++)] = result.dimension(k);
        leading.sizes[static_cast<std::size_t>(leading.rank++)] = 1;
        walk w(leading);
        for (int slot = 0; slot < 2; ++slot) {
            const tensor& t = slot == 0 ? a : b;
            std::int64_t stride = slot == 0 ? n * inner : inner * m;
            for (int k = t.rank - 2; k-- > 0;) {
                w.set(slot, k + leading.rank - 1 - (t.rank - 2), t.dimension(k) == 1 ? 0 : stride);
                stride *= t.dimension(k);
            }
        }
        double* y = result.values.data();
        do {
            const double* row = a.values.data() + w.at[0];
            for (std::int64_t r = 0; r < n; ++r) {
                for (std::int64_t c = 0; c < m; ++c) {
                    const double* const column = b.values.data() + (w.at[1] + c);
                    double s = 0;
                    for (std::int64_t k = 0; k < inner; ++k) s += row[k] * column[k * m];
                    *y++ = s;
                }
                row += inner;
            }
        } while (w.next());
    }
    constexpr void permute(node_id i) {
        const node& n = graph_[i];
        const tensor& from = operand(n, 0);
        tensor& result = at(i);
        std::int64_t strides[max_rank]{};
        std::int64_t stride = 1;
        for (int k = from.rank; k-- > 0;) {
            strides[k] = stride;
            stride *= from.dimension(k);
        }
        walk w(result);
        for (int k = 0; k < result.rank; ++k) {
            const int order = n.attrs.order[k];
            w.set(0, k, strides[order < 0 ? order + from.rank : order]);
        }
        const double* const a = from.values.data();
        double* y = result.values.data();
        do {
            for (std::int64_t j = 0; j < w.length; ++j) y[j] = a[w.at[0] + j * w.step[0]];
            y += w.length;
        } while (w.next());
    }

    constexpr void sum(node_id i, std::int64_t divisor) {
        tensor& result = at(i);
        double* const y = result.values.data();
        for (std::int64_t j = 0; j < result.size(); ++j) y[j] = 0;
        reduce(i, [y](double a, std::int64_t j) { y[j] += a; });
        if (divisor > 1)
            for (std::int64_t j = 0; j < result.size(); ++j) y[j] /= static_cast<double>(divisor);
    }
    constexpr void max(node_id i) {
        tensor& result = at(i);
        double* const y = result.values.data();
        for (std::int64_t j = 0; j < result.size(); ++j) y[j] = -elementary::infinity;
        reduce(i, [y](double a, std::int64_t j) { y[j] = elementary::maximum(y[j], a); });
    }
    /// The place of the first largest element among those that share a result, counted in their order.
    constexpr void argmax(node_id i) {
        tensor& result = at(i);
        std::vector<double> largest(static_cast<std::size_t>(result.size()), -elementary::infinity);
        std::vector<double> seen(largest.size(), 0.0);
        double* const y = result.values.data();
        double* const best = largest.data();
        double* const count = seen.data();
        reduce(i, [=](double a, std::int64_t j) {
            if (count[j] == 0 || a > best[j] || (a != a && best[j] == best[j])) {
                best[j] = a;
                y[j] = count[j];
            }
            count[j] += 1;
        });
    }
    constexpr void one_hot(node_id i) {
        const tensor& classes = operand(graph_[i], 0);
        tensor& result = at(i);
        const std::int64_t count = result.dimension(result.rank - 1);
        double* const y = result.values.data();
        for (std::int64_t j = 0; j < result.size(); ++j) y[j] = 0;
        for (std::int64_t r = 0; r < classes.size(); ++r) y[r * count + class_index(classes[r], count)] = 1;
    }
    static constexpr std::int64_t class_index(double value, std::int64_t classes) {
        const bool inside = value >= 0 && value < static_cast<double>(classes);
        const std::int64_t index = inside ? static_cast<std::int64_t>(value) : 0;
        if (!inside || static_cast<double>(index) != value) refuse_class(value, classes);
        return index;
    }

    /// e^(a - max) and its sum, or both in logarithms, along `n` elements that are `step` apart: nothing overflows.
    static constexpr void softmax(const double* a, double* y, std::int64_t n, std::int64_t step, bool logarithm) {
        double largest = a[0];
        for (std::int64_t k = 1; k < n; ++k) largest = elementary::maximum(largest, a[k * step]);
        double s = 0;
        for (std::int64_t k = 0; k < n; ++k) s += y[k * step] = elementary::exp(a[k * step] - largest);
        if (!logarithm) {
            for (std::int64_t k = 0; k < n; ++k) y[k * step] /= s;
            return;
        }
        s = elementary::log(s);
        for (std::int64_t k = 0; k < n; ++k) y[k * step] = (a[k * step] - largest) - s;
    }
    constexpr void softmax(node_id i, bool logarithm) {
        const tensor& from = operand(graph_[i], 0);
        int along = 0;
        while (along < from.rank && graph_[i].attrs.axes != 1 << along) ++along;
        if (along == from.rank) refuse_axes(graph_[i].operation, graph_[i].attrs.axes, from.rank);
        const std::int64_t n = from.dimension(along);
        std::int64_t step = 1;
        for (int k = along + 1; k < from.rank; ++k) step *= from.dimension(k);
        for (std::int64_t first = 0; first < from.size(); first += n * step)
            for (std::int64_t k = first; k < first + step; ++k)
                softmax(from.values.data() + k, at(i).values.data() + k, n, step, logarithm);
    }
    constexpr void cross_entropy(node_id i) {
        const tensor& scores = operand(graph_[i], 0);
        const tensor& target = operand(graph_[i], 1);
        const bool indices = graph_[i].is(op::cross_entropy);
        const std::int64_t n = scores.dimension(scores.rank - 1);
        std::vector<double> log_of(static_cast<std::size_t>(n));
        const double* const logarithm = log_of.data();
        double* const y = at(i).values.data();
        for (std::int64_t r = 0; r < scores.size() / n; ++r) {
            softmax(scores.values.data() + r * n, log_of.data(), n, 1, true);
            y[r] = indices ? -logarithm[class_index(target[r], n)] : 0;
            for (std::int64_t k = 0; !indices && k < n; ++k) y[r] -= target[r * n + k] * logarithm[k];
        }
    }

    // Refusals: not constexpr, so that inside the compiler their name and arguments stand in the error.

    static std::string text(const tensor& t) {
        std::string s = "(";
        for (int i = 0; i < t.rank; ++i) s += (i ? ", " : "") + std::to_string(t.sizes[static_cast<std::size_t>(i)]);
        return s + (t.rank == 1 ? ",)" : ")");
    }
    constexpr sentence full_name(const node& n) const {
        sentence s;
        visit_path(graph_, n.layer, n.name, [&](std::string_view part) {
            if (s.text[0]) s << ".";
            s << part;
        });
        return s;
    }
    [[noreturn]] static void refuse_rank(int rank) {
        throw std::invalid_argument("a tensor has at most " + std::to_string(max_rank) + " dimensions, not " +
                                    std::to_string(rank));
    }
    [[noreturn]] static void refuse_count(const sentence& what, std::int64_t wanted, std::int64_t given) {
        throw std::invalid_argument(std::string(what.view()) + ": " + std::to_string(wanted) + " values wanted, " +
                                    std::to_string(given) + " given");
    }
    [[noreturn]] static void refuse_sizes(const sentence& what, const tensor& wanted, const tensor& given) {
        throw std::invalid_argument(std::string(what.view()) + ": " + text(wanted) + " wanted, " + text(given) +
                                    " given");
    }
    [[noreturn]] static void refuse_symbol(const char* name, std::int64_t given) {
        throw std::invalid_argument("the dimension " + std::string(name ? name : "without a name") +
                                    (given == symbolic
                                         ? " is not among the graph's symbols"
                                         : ": a size of at least 1 wanted, " + std::to_string(given) + " given"));
    }
    [[noreturn]] static void refuse_name(std::string_view name) {
        throw std::invalid_argument("the graph has no input or parameter named '" + std::string(name) + "'");
    }
    [[noreturn]] void refuse_node(node_id i) const {
        throw std::invalid_argument("node " + std::to_string(i) + " of " + std::to_string(graph_.size()) +
                                    " is not an input, a parameter or a literal: it cannot be set");
    }
    [[noreturn]] void refuse_missing(node_id i) const {
        const node& n = graph_[i];
        throw std::invalid_argument(n.is(op::constant)
                                        ? "literal " + std::to_string(n.attrs.literal - 1) + " has no value"
                                        : std::string(info(n.operation).name) + " '" +
                                              std::string(full_name(n).view()) + "' has no value");
    }
    [[noreturn]] static void refuse_class(double given, std::int64_t classes) {
        throw std::invalid_argument("a class index is a whole number from 0 to " + std::to_string(classes - 1) +
                                    ", not " + std::to_string(given));
    }
    [[noreturn]] static void refuse_axes(op o, int axes, int rank) {
        throw std::invalid_argument(std::string(info(o).name) + " goes along one of " + std::to_string(rank) +
                                    " dimensions; the bits given are " + std::to_string(axes));
    }
    [[noreturn]] static void refuse_operation(op o) {
        throw std::invalid_argument("the interpreter has no operation '" +
                                    std::string(o < op::count ? info(o).name : "?") + "': lowering replaces it");
    }

    graph_view graph_;
    std::vector<std::int64_t> symbols_;
    std::vector<tensor> values_;
    std::vector<unsigned char> known_;  // leaves that have a value
};

}  // namespace gradus
