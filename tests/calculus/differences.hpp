// SPDX-License-Identifier: BSL-1.0
// Graphs that are made at run time, filled with seeded numbers, computed by the reference interpreter, and
// differentiated by central differences: what the tests of calculus/ compare with.
#pragma once
#include <gradus/calculus/grad.hpp>
#include <gradus/calculus/simplify.hpp>
#include <gradus/data/random.hpp>
#include <gradus/program/interpret.hpp>
#include <boost/test/unit_test.hpp>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace gradus::testing {

using sizes = std::initializer_list<std::int64_t>;

inline dims shape_of_sizes(const std::vector<std::int64_t>& list) {
    dims d;
    for (std::int64_t n : list) d.push_back({n, nullptr});
    return d;
}
constexpr int all_axes(const dims& d) { return (1 << d.rank) - 1; }

/// Numbers from `low` to `high`.
inline std::vector<double> random_numbers(random_bits& bits, std::int64_t count, double low, double high) {
    std::vector<double> v(static_cast<std::size_t>(count));
    for (double& x : v) x = low + (high - low) * uniform(bits);
    return v;
}

/// A builder and the values of its leaves.
struct workbench {
    builder b;
    random_bits bits;
    std::vector<node_id> leaves{};
    std::vector<std::vector<double>> values{};

    explicit workbench(builder::rewriter r = nullptr, std::uint64_t seed = 1) : b(r), bits(seed) {}

    node_id given(const dims& shape, std::vector<double> numbers) {
        static const char* const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
        const node_id made = b.leaf(op::input, names[leaves.size()], shape);
        leaves.push_back(made);
        values.push_back(std::move(numbers));
        return made;
    }
    node_id leaf(const dims& shape, double low = -1.5, double high = 1.5) {
        return given(shape, random_numbers(bits, shape.fixed_elements(), low, high));
    }
    node_id leaf(const std::vector<std::int64_t>& shape, double low = -1.5, double high = 1.5) {
        return leaf(shape_of_sizes(shape), low, high);
    }
    node_id sum(node_id a) { return b.reduce(op::sum, a, all_axes(b.shape(a)), false); }
    /// A scalar that depends on each element of `a` in its own way.
    node_id weighted(node_id a) { return sum(b.mul(leaf(b.shape(a)), a)); }

    /// The value of a node; nodes behind it are not computed.
    std::vector<double> value(node_id n) const {
        graph_view g = b.view();
        g.nodes = g.nodes.first(static_cast<std::size_t>(n) + 1);
        interpreter run(g);
        for (std::size_t i = 0; i < leaves.size(); ++i)
            if (leaves[i] <= n) run.set(leaves[i], values[i]);
        run.run();
        return run.value(n).values;
    }
    /// The gradient of a scalar by leaf number `k`, from values at a distance of `h` on either side.
    std::vector<double> difference(node_id scalar, std::size_t k, double h = 1e-4) {
        std::vector<double> d(values[k].size());
        for (std::size_t i = 0; i < d.size(); ++i) {
            const double x = values[k][i];
            values[k][i] = x + h;
            const double up = value(scalar)[0];
            values[k][i] = x - h;
            d[i] = (up - value(scalar)[0]) / (2 * h);
            values[k][i] = x;
        }
        return d;
    }
};

/// The largest difference, as a part of the size of the numbers (of 1, if they are small); infinite where a NaN or an
/// infinity has no equal.
inline double distance_of(const std::vector<double>& got, const std::vector<double>& wanted) {
    if (got.size() != wanted.size()) return INFINITY;
    double worst = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (got[i] == wanted[i] || (std::isnan(got[i]) && std::isnan(wanted[i]))) continue;
        const double off = std::abs(got[i] - wanted[i]) / std::max(1.0, std::abs(wanted[i]));
        worst = off >= worst ? off : std::isnan(off) ? INFINITY : worst;
    }
    return worst;
}

/// The error of a central difference at h = 1e-4: h^2 times a third derivative, and 1e-16 / h from rounding.
inline constexpr double difference_tolerance = 1e-6;

/// Checks the gradients of a scalar by the leaves `by`, and the gradients of these gradients.
inline void check_gradients(workbench& w, node_id y, const std::vector<std::size_t>& by, const std::string& what,
                            bool second = true) {
    const node_id loss = w.weighted(y);
    for (std::size_t k : by) {
        const std::string name = what + ", by operand " + std::to_string(k);
        const node_id g = gradient(w.b, loss, w.leaves[k]);
        BOOST_TEST((w.b.shape(g) == w.b.shape(w.leaves[k])), name << ": the gradient has another shape");
        const double off = distance_of(w.value(g), w.difference(loss, k));
        BOOST_TEST(off <= difference_tolerance, name << " is off by " << off);
        if (!second) continue;
        const node_id again = w.weighted(g);
        for (std::size_t j : by) {
            const double off2 = distance_of(w.value(gradient(w.b, again, w.leaves[j])), w.difference(again, j));
            BOOST_TEST(off2 <= difference_tolerance, name << " and then " << j << " is off by " << off2);
        }
    }
}

}  // namespace gradus::testing
