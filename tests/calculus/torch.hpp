// SPDX-License-Identifier: BSL-1.0
// The cases of torch_cases.hpp as graphs, and the numbers of torch_values.txt. tools/reference_values.py writes both
// files and says how they are laid out.
#pragma once
#include "torch_cases.hpp"
#include <gradus/calculus/grad.hpp>
#include <gradus/graph/builder.hpp>
#include <boost/test/unit_test.hpp>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <span>
#include <sstream>
#include <string>

namespace gradus::testing {

inline constexpr int case_count = static_cast<int>(std::size(computations));

constexpr dims dims_of_case(const std::int64_t* sizes, int rank) {
    dims d;
    for (int i = 0; i < rank; ++i) d.push_back({sizes[i], nullptr});
    return d;
}

/// The result of a case. Elementwise operations are found in the table by their names.
constexpr node_id build_result(builder& b, const computation& c, const node_id* in) {
    const std::string_view o = c.operation;
    for (const operation_info& row : operations) {
        if (row.what != kind::elementwise || row.name != o) continue;
        if (row.arity == 1) return b.unary(row.operation, in[0]);
        if (row.arity == 2) return b.binary(row.operation, in[0], in[1]);
        return b.where(in[0], in[1], in[2]);
    }
    const auto sizes = [&] {
        dims d;
        for (int i = 0; i < c.count; ++i) d.push_back({c.numbers[i], nullptr});
        return d;
    };
    const auto reduce = [&](op r) { return b.reduce(r, in[0], c.numbers[0], c.numbers[1] != 0); };
    const auto mean = [&](node_id a) { return b.reduce(op::mean, a, (1 << b.shape(a).rank) - 1, false); };
    if (o == "matmul") return b.matmul(in[0], in[1]);
    if (o == "permute") return b.permute(in[0], c.numbers);
    if (o == "reshape") return b.reshape(in[0], sizes());
    if (o == "broadcast") return b.broadcast(in[0], sizes());
    if (o == "sum") return reduce(op::sum);
    if (o == "mean") return reduce(op::mean);
    if (o == "max") return reduce(op::max);
    if (o == "argmax") return reduce(op::argmax);
    if (o == "one_hot") return b.one_hot(in[0], {c.numbers[0], nullptr});
    if (o == "softmax") return b.along(op::softmax, in[0], c.numbers[0]);
    if (o == "log_softmax") return b.along(op::log_softmax, in[0], c.numbers[0]);
    if (o == "cross_entropy" || o == "cross_entropy_soft") return b.cross_entropy(in[0], in[1]);
    if (o == "mse_loss") {
        const node_id d = b.sub(in[0], in[1]);
        return mean(b.mul(d, d));
    }
    if (o.starts_with("network_")) {
        const auto linear = [&](node_id x, node_id w, node_id bias) {
            return b.add(b.matmul(x, b.transpose(w)), bias);
        };
        const op activation = o == "network_tanh" ? op::tanh : o == "network_relu" ? op::relu : op::sigmoid;
        const node_id hidden = b.unary(activation, linear(in[0], in[1], in[2]));
        return mean(b.cross_entropy(linear(hidden, in[3], in[4]), in[5]));
    }
    throw std::invalid_argument("a case has an operation that tests/calculus/torch.hpp does not know");
}

/// The nodes of a case: its operands, its result, L = sum(weight * result), the gradients of L by the operands, and the
/// gradients of M = sum(direction * gradient). `no_node` where a case has none.
struct case_nodes {
    std::array<node_id, 6> in{};
    node_id result = no_node;
    node_id weight = no_node;
    std::array<node_id, 6> direction{};
    std::array<node_id, 6> first{};
    std::array<std::array<node_id, 6>, 6> second{};
};
constexpr case_nodes build_case(builder& b, const computation& c) {
    constexpr const char* names[] = {"a", "b", "c", "d", "e", "f"};
    constexpr const char* directions[] = {"along a", "along b", "along c", "along d", "along e", "along f"};
    b.layers.push_back({c.name, "case", -1});  // gives the leaves of each case names of their own
    const int layer = static_cast<int>(b.layers.size()) - 1;
    b.layer = layer;
    const auto in = [&](const char* name, const dims& shape) { return b.leaf(op::input, name, shape, layer); };
    const auto weighted_sum = [&](node_id a, node_id weights) {
        return b.reduce(op::sum, b.mul(weights, a), (1 << b.shape(a).rank) - 1, false);
    };
    const auto differentiable = [&](std::size_t k) { return c.operands[k].kind == 'd'; };
    const auto arity = static_cast<std::size_t>(c.arity);
    case_nodes n;
    n.direction.fill(no_node);
    n.first.fill(no_node);
    for (auto& row : n.second) row.fill(no_node);
    bool any = false;
    for (std::size_t k = 0; k < arity; ++k) {
        const operand& o = c.operands[k];
        n.in[k] = o.kind == 'c' ? b.constant(o.constant) : in(names[k], dims_of_case(o.sizes, o.rank));
        any = any || differentiable(k);
    }
    n.result = build_result(b, c, n.in.data());
    if (!any) return n;
    n.weight = in("weight", b.shape(n.result));
    const node_id loss = weighted_sum(n.result, n.weight);
    for (std::size_t k = 0; k < arity; ++k) {
        if (!differentiable(k)) continue;
        n.first[k] = gradient(b, loss, n.in[k]);
        if (!c.second) continue;
        n.direction[k] = in(directions[k], b.shape(n.first[k]));
        const node_id again = weighted_sum(n.first[k], n.direction[k]);
        for (std::size_t j = 0; j < arity; ++j)
            if (differentiable(j)) n.second[k][j] = gradient(b, again, n.in[j]);
    }
    return n;
}

/// The stored numbers of a case.
struct case_values {
    std::string name;
    std::array<std::vector<double>, 6> operands, gradients, directions;
    std::vector<double> result, weight;
    std::vector<std::int64_t> result_sizes;
    std::array<std::array<std::vector<double>, 6>, 6> seconds;
};
inline std::vector<case_values> read_case_values() {
    const char* const source = std::getenv("GRADUS_SOURCE");
    std::ifstream file(std::string(source ? source : ".") + "/tests/calculus/torch_values.txt");
    BOOST_TEST_REQUIRE(file.good(), "torch_values.txt is not there: GRADUS_SOURCE names the project's folder");
    std::vector<case_values> cases;
    std::size_t operand = 0;
    for (std::string line; std::getline(file, line);) {
        std::istringstream in(line);
        std::string what;
        in >> what;
        const auto number = [&](std::size_t limit = 5) {
            std::size_t n = 0;
            BOOST_TEST_REQUIRE((in >> n && n <= limit), line);
            return n;
        };
        const auto values = [&] {
            std::vector<double> v;
            for (double x; in >> x;) v.push_back(x);
            return v;
        };
        const auto sizes = [&] {
            std::vector<std::int64_t> s(number(max_rank));
            for (std::int64_t& n : s) in >> n;
            return s;
        };
        if (what == "case") {
            cases.emplace_back();
            in >> cases.back().name;
            operand = 0;
        } else if (what == "operand") {
            char kind{};
            in >> kind;
            sizes();
            cases.back().operands[operand++] = values();
        } else if (what == "constant") {
            cases.back().operands[operand++] = values();
        } else if (what == "result") {
            cases.back().result_sizes = sizes();
            cases.back().result = values();
        } else if (what == "weight") {
            cases.back().weight = values();
        } else if (what == "gradient") {
            const std::size_t k = number();
            cases.back().gradients[k] = values();
        } else if (what == "direction") {
            const std::size_t k = number();
            cases.back().directions[k] = values();
        } else if (what == "second") {
            const std::size_t k = number();
            const std::size_t j = number();
            cases.back().seconds[k][j] = values();
        } else {
            BOOST_TEST_REQUIRE((what == "#" || what == "op" || what == "end"), "unknown line: " << line);
        }
    }
    BOOST_TEST_REQUIRE(cases.size() == std::size(computations), "torch_cases.hpp and torch_values.txt differ");
    for (std::size_t i = 0; i < cases.size(); ++i) BOOST_TEST_REQUIRE(cases[i].name == computations[i].name);
    return cases;
}
/// Read once.
inline const case_values& values_of_case(int i) {
    static const std::vector<case_values> all = read_case_values();
    return all[static_cast<std::size_t>(i)];
}

/// Calls `give(leaf, values)` for each input of a case, and `check(words, node, values)` for each result.
template <class Give, class Check> void visit_case(int i, const case_nodes& n, Give give, Check check) {
    const computation& c = computations[i];
    const case_values& v = values_of_case(i);
    const auto arity = static_cast<std::size_t>(c.arity);
    for (std::size_t k = 0; k < arity; ++k) {
        if (c.operands[k].kind != 'c') give(n.in[k], v.operands[k]);
        if (n.direction[k] != no_node) give(n.direction[k], v.directions[k]);
    }
    if (n.weight != no_node) give(n.weight, v.weight);
    check(v.name, n.result, v.result);
    for (std::size_t k = 0; k < arity; ++k) {
        const std::string by = v.name + ", gradient by operand " + std::to_string(k);
        if (n.first[k] != no_node) check(by, n.first[k], v.gradients[k]);
        for (std::size_t j = 0; j < arity; ++j)
            if (n.second[k][j] != no_node)
                check(by + " and then " + std::to_string(j), n.second[k][j], v.seconds[k][j]);
    }
}

/// Each number within `tolerance` times its size; the `slack` stands for the numbers that it was computed from, where
/// those were larger.
template <class Numbers>
void check_numbers(const std::string& what, const Numbers& got, const std::vector<double>& wanted, double tolerance,
                   double slack = 1e-3) {
    BOOST_TEST_REQUIRE(got.size() == wanted.size(), what);
    double worst = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double error = std::abs(static_cast<double>(got[i]) - wanted[i]) / (std::abs(wanted[i]) + slack);
        worst = error >= worst ? error : error != error ? INFINITY : worst;
    }
    BOOST_TEST(worst <= tolerance, what << " is off by " << worst);
}

}  // namespace gradus::testing
