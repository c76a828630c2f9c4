// SPDX-License-Identifier: BSL-1.0
// Every operation against PyTorch: values, gradients and gradients of gradients that tools/reference_values.py stored
// in torch_values.txt, which says how the file is laid out.
#include <gradus/calculus/grad.hpp>
#include <gradus/calculus/simplify.hpp>
#include <gradus/graph/builder.hpp>
#include <gradus/program/interpret.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

using namespace gradus;

namespace {
using tensor = interpreter::tensor;

struct reference {
    struct operand {
        char kind;  // 'd' differentiable, 'n' not, 'c' a constant
        tensor value;
    };
    std::string name;
    std::string operation;
    std::vector<int> numbers;  // the operation's attributes
    std::vector<operand> operands;
    tensor result;
    std::vector<double> weight;
    std::map<int, std::vector<double>> gradients, directions;
    std::map<std::pair<int, int>, std::vector<double>> seconds;
};

tensor read_tensor(std::istream& in) {
    tensor t;
    in >> t.rank;
    for (int i = 0; i < t.rank; ++i) in >> t.sizes[static_cast<std::size_t>(i)];
    t.values.resize(static_cast<std::size_t>(t.product()));
    for (double& v : t.values) in >> v;
    return t;
}
std::vector<double> read_values(std::istream& in) {
    std::vector<double> values;
    for (double v; in >> v;) values.push_back(v);
    return values;
}
std::vector<reference> read_cases() {
    const char* const source = std::getenv("GRADUS_SOURCE");
    std::ifstream file(std::string(source ? source : ".") + "/tests/calculus/torch_values.txt");
    BOOST_TEST_REQUIRE(file.good(), "torch_values.txt is not there: GRADUS_SOURCE names the project's folder");
    std::vector<reference> cases;
    for (std::string line; std::getline(file, line);) {
        std::istringstream in(line);
        std::string what;
        in >> what;
        int i = 0, j = 0;
        if (what == "case") {
            cases.emplace_back();
            in >> cases.back().name;
        } else if (what == "op") {
            in >> cases.back().operation;
            for (int n; in >> n;) cases.back().numbers.push_back(n);
        } else if (what == "operand") {
            reference::operand o;
            in >> o.kind;
            o.value = read_tensor(in);
            BOOST_TEST_REQUIRE(!in.fail(), line);
            cases.back().operands.push_back(o);
        } else if (what == "constant") {
            cases.back().operands.push_back({'c', tensor({}, read_values(in))});
        } else if (what == "result") {
            cases.back().result = read_tensor(in);
            BOOST_TEST_REQUIRE(!in.fail(), line);
        } else if (what == "weight") {
            cases.back().weight = read_values(in);
        } else if (what == "gradient" && in >> i) {
            cases.back().gradients[i] = read_values(in);
        } else if (what == "direction" && in >> i) {
            cases.back().directions[i] = read_values(in);
        } else if (what == "second" && in >> i >> j) {
            cases.back().seconds[{i, j}] = read_values(in);
        } else {
            BOOST_TEST_REQUIRE((what == "#" || what == "end"), "unknown line: " << line);
        }
    }
    return cases;
}
const std::vector<reference>& cases() {
    static const std::vector<reference> all = read_cases();
    return all;
}

dims shape_of(const tensor& t) {
    dims d;
    for (int i = 0; i < t.rank; ++i) d.push_back({t.dimension(i), nullptr});
    return d;
}
dims shape_of(const std::vector<int>& sizes) {
    dims d;
    for (int n : sizes) d.push_back({n, nullptr});
    return d;
}

/// The operation of a case as a node. Elementwise operations are found in the table by their names.
node_id build(builder& b, const reference& c, const std::vector<node_id>& in) {
    const std::string& o = c.operation;
    for (const operation_info& row : operations) {
        if (row.name != o || row.what != kind::elementwise) continue;
        BOOST_TEST_REQUIRE(in.size() == static_cast<std::size_t>(row.arity));
        if (row.arity == 1) return b.unary(row.operation, in[0]);
        if (row.arity == 2) return b.binary(row.operation, in[0], in[1]);
        return b.where(in[0], in[1], in[2]);
    }
    const auto reduce = [&](op r) { return b.reduce(r, in[0], c.numbers[0], c.numbers[1] != 0); };
    if (o == "matmul") return b.matmul(in[0], in[1]);
    if (o == "permute") return b.permute(in[0], c.numbers.data());
    if (o == "reshape") return b.reshape(in[0], shape_of(c.numbers));
    if (o == "broadcast") return b.broadcast(in[0], shape_of(c.numbers));
    if (o == "sum") return reduce(op::sum);
    if (o == "mean") return reduce(op::mean);
    if (o == "max") return reduce(op::max);
    if (o == "argmax") return reduce(op::argmax);
    if (o == "one_hot") return b.one_hot(in[0], {c.numbers[0], nullptr});
    if (o == "softmax") return b.along(op::softmax, in[0], c.numbers[0]);
    if (o == "log_softmax") return b.along(op::log_softmax, in[0], c.numbers[0]);
    if (o == "cross_entropy" || o == "cross_entropy_soft") return b.cross_entropy(in[0], in[1]);
    const auto mean = [&](node_id a) { return b.reduce(op::mean, a, (1 << b.shape(a).rank) - 1, false); };
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
    BOOST_TEST_REQUIRE(false, "unknown operation " << o);
    return no_node;
}

constexpr const char* names[] = {"a", "b", "c", "d", "e", "f"};
constexpr const char* direction_names[] = {"by a", "by b", "by c", "by d", "by e", "by f"};

struct built {
    std::vector<node_id> in;
    node_id result;
};
built forward(builder& b, const reference& c) {
    built g;
    for (std::size_t i = 0; i < c.operands.size(); ++i)
        g.in.push_back(c.operands[i].kind == 'c' ? b.constant(c.operands[i].value[0])
                                                 : b.leaf(op::input, names[i], shape_of(c.operands[i].value)));
    g.result = build(b, c, g.in);
    return g;
}
void give(interpreter& run, const reference& c, const built& g) {
    for (std::size_t i = 0; i < g.in.size(); ++i)
        if (c.operands[i].kind != 'c') run.set(g.in[i], c.operands[i].value);
}

/// sum(weights * a), the scalar whose gradients are stored; the weights are an input.
node_id weighted_sum(builder& b, node_id a, node_id weights) {
    return b.reduce(op::sum, b.mul(weights, a), (1 << b.shape(a).rank) - 1, false);
}
/// 1e-10 of the value; what is far below the other numbers of a case may differ by rounding.
void check(const std::string& what, const std::vector<double>& got, const std::vector<double>& wanted) {
    BOOST_TEST_REQUIRE(got.size() == wanted.size(), what);
    double worst = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        const double error = std::abs(got[i] - wanted[i]) / (std::abs(wanted[i]) + 1e-3);
        worst = error >= worst ? error : error != error ? INFINITY : worst;
    }
    BOOST_TEST(worst <= 1e-10, what << " is off by " << worst);
}
/// First gradients by each operand, then the gradients of those by each operand.
void check_gradients(const reference& c, builder::rewriter rewriter) {
    if (c.gradients.empty()) return;
    const auto at = [](int k) { return static_cast<std::size_t>(k); };
    builder b(rewriter);
    const built g = forward(b, c);
    const node_id weight = b.leaf(op::input, "weight", b.shape(g.result));
    const node_id loss = weighted_sum(b, g.result, weight);
    std::map<int, node_id> first, directions;
    std::map<std::pair<int, int>, node_id> second;
    for (const auto& [k, values] : c.gradients) {
        first[k] = gradient(b, loss, g.in[at(k)]);
        BOOST_TEST((b.shape(first[k]) == b.shape(g.in[at(k)])), c.name << ": a gradient has another shape");
        if (!c.directions.contains(k)) continue;
        directions[k] = b.leaf(op::input, direction_names[k], b.shape(first[k]));
        const node_id again = weighted_sum(b, first[k], directions[k]);
        for (const auto& [j, unused] : c.gradients) second[{k, j}] = gradient(b, again, g.in[at(j)]);
    }
    interpreter run(b.view());
    give(run, c, g);
    run.set(weight, c.weight);
    for (const auto& [k, leaf] : directions) run.set(leaf, c.directions.at(k));
    run.run();
    check(c.name, run.value(g.result).values, c.result.values);
    for (const auto& [k, node] : first)
        check(c.name + ", gradient by operand " + std::to_string(k), run.value(node).values, c.gradients.at(k));
    for (const auto& [kj, node] : second)
        check(c.name + ", gradient by operand " + std::to_string(kj.first) + " and then " + std::to_string(kj.second),
              run.value(node).values, c.seconds.at(kj));
}
}  // namespace

BOOST_AUTO_TEST_SUITE(torch)

BOOST_AUTO_TEST_CASE(there_is_a_case_for_every_operation) {
    for (const operation_info& row : operations) {
        if (row.what == kind::leaf || row.what == kind::typed_only) continue;
        std::string name(row.name);
        for (char& c : name) c = c == ' ' ? '_' : c;
        bool found = false;
        for (const reference& c : cases()) found = found || c.operation == name;
        BOOST_TEST(found, name << " has no case in torch_values.txt");
    }
}
BOOST_AUTO_TEST_CASE(the_interpreter_computes_what_pytorch_does) {
    for (const reference& c : cases()) {
        builder b;
        const built g = forward(b, c);
        interpreter run(b.view());
        give(run, c, g);
        run.run();
        const tensor& got = run.value(g.result);
        BOOST_TEST((got.rank == c.result.rank && got.sizes == c.result.sizes), c.name << " has another shape");
        check(c.name, got.values, c.result.values);
    }
}
BOOST_AUTO_TEST_CASE(gradients_and_their_gradients_are_those_of_pytorch) {
    for (const reference& c : cases()) check_gradients(c, nullptr);
}
BOOST_AUTO_TEST_CASE(simplified_gradients_are_those_of_pytorch) {
    for (const reference& c : cases()) check_gradients(c, simplify);
}

BOOST_AUTO_TEST_SUITE_END()
