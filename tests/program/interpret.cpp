// SPDX-License-Identifier: BSL-1.0
// The reference interpreter: small cases with results worked out by hand; torch.cpp has the wide comparison.
#include <gradus/graph/builder.hpp>
#include <gradus/program/interpret.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using namespace gradus;
namespace tt = boost::test_tools;

namespace {
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr const char* batch = name_of<"batch">();
constexpr axis n_rows{symbolic, batch};

constexpr dims of(std::initializer_list<std::int64_t> sizes) {
    dims d;
    for (std::int64_t n : sizes) d.push_back({n, nullptr});
    return d;
}
/// A graph of one operation on inputs, and the values of its inputs.
struct one {
    builder b;
    std::vector<std::pair<node_id, std::vector<double>>> given{};

    node_id in(std::initializer_list<std::int64_t> sizes, std::vector<double> values) {
        static const char* const names[] = {"a", "b", "c"};
        const node_id made = b.leaf(op::input, names[given.size()], of(sizes));
        given.emplace_back(made, std::move(values));
        return made;
    }
    interpreter::tensor run(node_id result) {
        interpreter r(b.view());
        for (const auto& [leaf, values] : given) r.set(leaf, values);
        r.run();
        return r.value(result);
    }
};
std::vector<double> unary(op o, std::vector<double> values) {
    one g;
    const node_id a = g.in({static_cast<std::int64_t>(values.size())}, values);
    return g.run(g.b.unary(o, a)).values;
}
std::vector<double> binary(op o, std::vector<double> x, std::vector<double> y) {
    one g;
    const node_id a = g.in({static_cast<std::int64_t>(x.size())}, x);
    const node_id c = g.in({static_cast<std::int64_t>(y.size())}, y);
    return g.run(g.b.binary(o, a, c)).values;
}
void check(const std::vector<double>& got, const std::vector<double>& wanted, double tolerance = 1e-15) {
    BOOST_TEST_REQUIRE(got.size() == wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (std::isnan(wanted[i]) || std::isinf(wanted[i]) || wanted[i] == 0)
            BOOST_TEST((std::isnan(wanted[i]) ? std::isnan(got[i]) : got[i] == wanted[i]),
                       "element " << i << " is " << got[i] << ", not " << wanted[i]);
        else
            BOOST_TEST(got[i] == wanted[i], tt::tolerance(tolerance));
    }
}
std::vector<double> count_to(int n) {
    std::vector<double> v;
    for (int i = 0; i < n; ++i) v.push_back(i);
    return v;
}
template <class F> void throws_with(F f, std::string_view words) {
    BOOST_CHECK_EXCEPTION(f(), std::invalid_argument, [&](const std::invalid_argument& e) {
        BOOST_TEST_MESSAGE(e.what());
        return std::string_view(e.what()) == words;
    });
}
}  // namespace

BOOST_AUTO_TEST_SUITE(interpret)

BOOST_AUTO_TEST_CASE(elementwise_operations_keep_infinity_and_nan) {
    check(unary(op::neg, {1, -2, inf, none}), {-1, 2, -inf, none});
    check(unary(op::exp, {0, 1, -inf, inf, none}), {1, std::exp(1.0), 0, inf, none});
    check(unary(op::log, {1, 0, -1, inf, none}), {0, -inf, none, inf, none});
    check(unary(op::sqrt, {4, -1, none}), {2, none, none});
    check(unary(op::tanh, {0, -inf, 0.5, none}), {0, -1, std::tanh(0.5), none});
    check(unary(op::sigmoid, {0, -1000, 1000, none}), {0.5, 0, 1, none});
    check(unary(op::relu, {-1, 0, 2, -inf, none}), {0, 0, 2, 0, none});
    check(unary(op::abs, {-1, 2, -inf, none}), {1, 2, inf, none});
    check(unary(op::sign, {-3, 0, 3, none}), {-1, 0, 1, 0});
    check(binary(op::div, {1, 1, 0, -1}, {4, 0, 0, inf}), {0.25, inf, none, 0});
    check(binary(op::sub, {1, inf}, {4, inf}), {-3, none});
    check(binary(op::pow, {2, -2, 4, 0}, {3, 2, 0.5, -1}), {8, 4, 2, inf});
}
BOOST_AUTO_TEST_CASE(maximum_and_minimum_keep_nan) {
    check(binary(op::maximum, {1, 2, none, 1, -inf}, {2, 1, 1, none, inf}), {2, 2, none, none, inf});
    check(binary(op::minimum, {1, 2, none, 1, -inf}, {2, 1, 1, none, inf}), {1, 1, none, none, -inf});
}
BOOST_AUTO_TEST_CASE(comparisons_are_zero_or_one_and_false_for_nan) {
    const std::vector<double> a{1, 2, 2, none};
    const std::vector<double> b{2, 2, 1, none};
    check(binary(op::less, a, b), {1, 0, 0, 0});
    check(binary(op::less_equal, a, b), {1, 1, 0, 0});
    check(binary(op::greater, a, b), {0, 0, 1, 0});
    check(binary(op::greater_equal, a, b), {0, 1, 1, 0});
    check(binary(op::equal, a, b), {0, 1, 0, 0});
    check(binary(op::not_equal, a, b), {1, 0, 1, 1});
}
BOOST_AUTO_TEST_CASE(operands_stretch_as_in_numpy) {
    one g;
    const node_id a = g.in({2, 1, 3}, {1, 2, 3, 4, 5, 6});
    const node_id b = g.in({4, 1}, {10, 20, 30, 40});
    const interpreter::tensor t = g.run(g.b.add(a, b));
    BOOST_TEST(t.rank == 3);
    check(t.values, {11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43, 14, 15, 16, 24, 25, 26, 34, 35, 36, 44, 45, 46});
}
BOOST_AUTO_TEST_CASE(where_stretches_all_three) {
    one g;
    const node_id c = g.in({2, 1}, {1, 0});
    const node_id a = g.in({3}, {1, 2, none});
    const node_id b = g.in({}, {-1});
    check(g.run(g.b.where(c, a, b)).values, {1, 2, none, -1, -1, -1});
}
BOOST_AUTO_TEST_CASE(six_dimensions_broadcast_and_permute) {
    one g;
    const node_id a = g.in({1, 2, 1, 2, 1, 3}, count_to(12));
    const int order[] = {5, -3, 1, 0, 2, 4};
    const interpreter::tensor t = g.run(g.b.permute(a, order));
    BOOST_TEST(t.sizes[0] == 3);
    check(t.values, {0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11});
    one h;
    const node_id x = h.in({2, 1, 1, 1, 1, 2}, {1, 2, 3, 4});
    check(h.run(h.b.broadcast(x, of({2, 1, 2, 1, 1, 2}))).values, {1, 2, 1, 2, 3, 4, 3, 4});
}
BOOST_AUTO_TEST_CASE(products_of_matrices_and_vectors) {
    one g;
    const node_id a = g.in({2, 3}, {1, 2, 3, 4, 5, 6});
    const node_id b = g.in({3, 2}, {1, 0, 0, 1, 1, 1});
    check(g.run(g.b.matmul(a, b)).values, {4, 5, 10, 11});
    one h;
    const node_id row = h.in({3}, {1, 2, 3});
    const node_id m = h.in({3, 2}, {1, 0, 0, 1, 1, 1});
    check(h.run(h.b.matmul(row, m)).values, {4, 5});
    one k;
    const node_id u = k.in({3}, {1, 2, 3});
    const node_id v = k.in({3}, {4, 5, 6});
    const interpreter::tensor dot = k.run(k.b.matmul(u, v));
    BOOST_TEST(dot.rank == 0);
    check(dot.values, {32});
}
BOOST_AUTO_TEST_CASE(batches_of_products_stretch) {
    one g;  // (2, 1, 1, 2) times (3, 2, 1): six products of a row and a column
    const node_id a = g.in({2, 1, 1, 2}, {1, 2, 3, 4});
    const node_id b = g.in({3, 2, 1}, {1, 0, 0, 1, 1, 1});
    const interpreter::tensor t = g.run(g.b.matmul(a, b));
    BOOST_TEST(t.rank == 4);
    check(t.values, {1, 2, 3, 3, 4, 7});
    one h;
    const node_id m = h.in({2, 2, 2}, {1, 0, 0, 1, 2, 0, 0, 2});
    const node_id v = h.in({2}, {5, 6});
    check(h.run(h.b.matmul(m, v)).values, {5, 6, 10, 12});
}
BOOST_AUTO_TEST_CASE(reductions_take_any_set_of_dimensions) {
    const auto reduce = [](op o, int mask, bool keep) {
        one g;
        const node_id a = g.in({2, 3, 2}, count_to(12));
        return g.run(g.b.reduce(o, a, mask, keep));
    };
    check(reduce(op::sum, 0b111, false).values, {66});
    check(reduce(op::sum, 0b101, false).values, {14, 22, 30});
    check(reduce(op::sum, 0b010, true).values, {6, 9, 24, 27});
    BOOST_TEST(reduce(op::sum, 0b010, true).rank == 3);
    check(reduce(op::mean, 0b011, false).values, {5, 6});
    check(reduce(op::max, 0b100, false).values, {1, 3, 5, 7, 9, 11});
    check(reduce(op::argmax, 0b001, false).values, {1, 1, 1, 1, 1, 1});
    check(reduce(op::argmax, 0b111, false).values, {11});
    check(reduce(op::sum, 0, false).values, count_to(12));
}
BOOST_AUTO_TEST_CASE(max_keeps_nan_and_argmax_takes_the_first) {
    const auto reduce = [](op o, std::vector<double> values) {
        one g;
        const node_id a = g.in({1, static_cast<std::int64_t>(values.size())}, values);
        return g.run(g.b.reduce(o, a, 0b10, false)).values;
    };
    check(reduce(op::max, {1, none, 2}), {none});
    check(reduce(op::max, {-inf, -inf}), {-inf});
    check(reduce(op::argmax, {1, 3, 3}), {1});
    check(reduce(op::argmax, {1, none, 3, none}), {1});
    check(reduce(op::argmax, {-inf, -inf}), {0});
}
BOOST_AUTO_TEST_CASE(softmax_goes_along_any_dimension_without_overflow) {
    one g;
    const node_id a = g.in({2, 2}, {1000, 0, 1000, -1000});
    check(g.run(g.b.along(op::softmax, a, 0)).values, {0.5, 1, 0.5, 0});
    check(g.run(g.b.along(op::softmax, a)).values, {1, 0, 1, 0});
    check(g.run(g.b.along(op::log_softmax, a)).values, {0, -1000, 0, -2000});
}
BOOST_AUTO_TEST_CASE(losses_are_stable) {
    one g;
    const node_id z = g.in({2, 3}, {1000, 0, 0, 0, 0, 0});
    const node_id y = g.in({2}, {1, 2});
    check(g.run(g.b.cross_entropy(z, y)).values, {1000, std::log(3.0)});
    one h;
    const node_id scores = h.in({3}, {0, 0, 1000});
    const node_id p = h.in({3}, {0.25, 0.25, 0.5});
    check(h.run(h.b.cross_entropy(scores, p)).values, {500});
    check(binary(op::binary_cross_entropy_with_logits, {1000, -1000, 0}, {0, 0, 0.5}), {1000, 0, std::log(2.0)});
}
BOOST_AUTO_TEST_CASE(one_hot_marks_the_class) {
    one g;
    const node_id c = g.in({2}, {2, 0});
    check(g.run(g.b.one_hot(c, {3, nullptr})).values, {0, 0, 1, 1, 0, 0});
}
BOOST_AUTO_TEST_CASE(constants_know_sizes_and_literals) {
    builder b;
    dims shape{n_rows, {3, nullptr}};
    const node_id x = b.leaf(op::input, "x", shape);
    const node_id share = b.elements(shape, 0b11, -1);
    node literal;
    literal.operation = op::constant;
    literal.attrs.literal = 2;
    const node_id rate = b.add(literal);
    const node_id y = b.mul(rate, b.mul(x, share));
    interpreter run(b.view(), {2});
    run.set("x", {6, 12, 18, 24, 30, 36});
    throws_with([&] { run.run(); }, "literal 1 has no value");
    run.set_literal(1, 10);
    run.run();
    check(run.value(share).values, {1.0 / 6});
    check(run.value(y).values, {10, 20, 30, 40, 50, 60});
    run.set(rate, {1});
    run.run();
    check(run.value(y).values, {1, 2, 3, 4, 5, 6});
}
BOOST_AUTO_TEST_CASE(parameters_are_assigned_after_everything_is_read) {
    builder b;
    const node_id a = b.leaf(op::parameter, "a", {});
    const node_id c = b.leaf(op::parameter, "c", {});
    b.outputs = {{b.add(a, c), c}, {c, a}};  // Fibonacci: c = a + c, a = c as it was
    interpreter run(b.view());
    run.set("a", {0});
    run.set("c", {1});
    for (int i = 0; i < 6; ++i) run.run();
    check(run.value("a").values, {8});
    check(run.value("c").values, {13});
    check(run.output(0).values, {13});
}
BOOST_AUTO_TEST_CASE(bad_input_is_named) {
    builder b;
    const int fc1 = b.enter("fc1", "linear", -1);
    const node_id x = b.leaf(op::input, "x", {n_rows, {3, nullptr}});
    const node_id w = b.leaf(op::parameter, "weight", of({3, 3}), fc1);
    const node_id z = b.matmul(x, w);
    const node_id y = b.leaf(op::input, "y", {n_rows});
    b.cross_entropy(z, y);
    throws_with([&] { interpreter(b.view()); }, "the symbolic dimensions: 1 values wanted, 0 given");
    throws_with([&] { interpreter(b.view(), {0}); }, "the dimension batch: a size of at least 1 wanted, 0 given");
    interpreter run(b.view(), {1});
    throws_with([&] { run.set("x", {1, 2}); }, "x: 3 values wanted, 2 given");
    throws_with([&] { run.set("x", interpreter::tensor({3}, {1, 2, 3})); }, "x: (1, 3) wanted, (3,) given");
    throws_with([&] { interpreter::tensor({2, 2}, {1, 2, 3}); }, "a tensor: 4 values wanted, 3 given");
    throws_with([&] { run.set("fc2.weight", {1}); }, "the graph has no input or parameter named 'fc2.weight'");
    throws_with(
        [&] {
            run.set(z, {1, 2, 3});
        },
        "node 2 of 5 is not an input, a parameter or a literal: it cannot be set");
    run.set("x", interpreter::tensor({1, 3}, {1, 2, 3}));
    throws_with([&] { run.run(); }, "parameter 'fc1.weight' has no value");
    run.set("fc1.weight", std::vector<double>(9, 0.5));
    for (double wrong : {3.0, -1.0, 0.5, none}) {
        run.set("y", {wrong});
        BOOST_CHECK_THROW(run.run(), std::invalid_argument);
    }
    run.set("y", {3});
    throws_with([&] { run.run(); }, "a class index is a whole number from 0 to 2, not 3.000000");
    run.set("y", {2});
    run.run();
    BOOST_TEST(run.value(w)[0] == 0.5);
}

// XOR, trained inside the compiler: a 2-4-1 tanh network with its gradient made by hand.
namespace {
struct xor_step {
    static constexpr builder build() {
        builder b;
        const axis hidden{4, nullptr};
        const node_id x = b.leaf(op::input, "x", {n_rows, {2, nullptr}});
        const node_id y = b.leaf(op::input, "y", {n_rows, {1, nullptr}});
        const node_id W1 = b.leaf(op::parameter, "W1", {hidden, {2, nullptr}});
        const node_id b1 = b.leaf(op::parameter, "b1", {hidden});
        const node_id W2 = b.leaf(op::parameter, "W2", {{1, nullptr}, hidden});
        const node_id b2 = b.leaf(op::parameter, "b2", {{1, nullptr}});
        const node_id one = b.constant(1);
        const node_id rate = b.constant(-0.2);
        const node_id h = b.unary(op::tanh, b.add(b.matmul(x, b.transpose(W1)), b1));
        const node_id out = b.unary(op::tanh, b.add(b.matmul(h, b.transpose(W2)), b2));
        const node_id error = b.sub(out, y);
        const node_id loss = b.reduce(op::mean, b.mul(error, error), 0b11, false);
        const node_id d_out = b.mul(error, b.sub(one, b.mul(out, out)));
        const node_id d_h = b.mul(b.matmul(d_out, W2), b.sub(one, b.mul(h, h)));
        const auto step = [&](node_id p, node_id g) { b.outputs.push_back({b.add(p, b.mul(rate, g)), p}); };
        b.outputs.push_back({loss});
        b.outputs.push_back({out});
        step(W1, b.matmul(b.transpose(d_h), x));
        step(b1, b.reduce(op::sum, d_h, 0b01, false));
        step(W2, b.matmul(b.transpose(d_out), h));
        step(b2, b.reduce(op::sum, d_out, 0b01, false));
        return b;
    }
};
constexpr auto xor_graph = freeze<xor_step>();

struct trained {
    double first_loss, last_loss;
    double out[4];
};
constexpr trained train_xor(int epochs) {
    interpreter run(xor_graph, {4});
    run.set("x", {0, 0, 0, 1, 1, 0, 1, 1});
    run.set("y", {0, 1, 1, 0});
    run.set("W1", {0.9, -0.8, -0.7, 1.0, 0.6, 0.7, -0.5, 0.4});
    run.set("b1", {0.1, -0.2, 0.3, 0.0});
    run.set("W2", {0.8, 0.9, -0.6, 0.5});
    run.set("b2", {0.0});
    run.run();
    trained t{run.output(0)[0], 0, {}};
    for (int i = 1; i < epochs; ++i) run.run();
    t.last_loss = run.output(0)[0];
    for (int i = 0; i < 4; ++i) t.out[i] = run.output(1)[i];
    return t;
}
// Within the default limits: clang allows 1,048,576 statements, g++ 33,554,432 operations (about 400 epochs).
constexpr int epochs = 100;
constexpr trained in_compiler = train_xor(epochs);
static_assert(in_compiler.last_loss < 0.1 * in_compiler.first_loss, "XOR is learnt while the compiler runs");
static_assert(in_compiler.out[1] > 0.5 && in_compiler.out[2] > 0.5);
static_assert(in_compiler.out[0] < 0.5 && in_compiler.out[3] < 0.5);
}  // namespace

BOOST_AUTO_TEST_CASE(xor_trained_in_the_compiler_is_xor_trained_at_run_time) {
    const trained at_run_time = train_xor(epochs);
    BOOST_TEST(at_run_time.last_loss == in_compiler.last_loss, tt::tolerance(1e-9));  // rounding grows over the steps
    for (int i = 0; i < 4; ++i) BOOST_TEST(std::abs(at_run_time.out[i] - in_compiler.out[i]) < 1e-9);
    const trained later = train_xor(500);
    BOOST_TEST(later.out[1] > 0.9);
    BOOST_TEST(later.out[2] > 0.9);
    BOOST_TEST(later.out[0] < 0.1);
    BOOST_TEST(later.out[3] < 0.1);
}

BOOST_AUTO_TEST_SUITE_END()
