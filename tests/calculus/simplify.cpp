// SPDX-License-Identifier: BSL-1.0
// Simplification: each rewrite fires on its smallest example and keeps the value, NaN and infinity included; random
// graphs keep theirs; and the gradients of well-known losses read as in a book.
#include "differences.hpp"
#include <gradus/symbolic.hpp>
#include <functional>
#include <limits>
#include <set>

using namespace gradus;
using namespace gradus::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// ---- one example for each rewrite

/// The leaves of an example: two matrices of one shape, one that can be multiplied with them, a vector, a scalar.
struct letters {
    workbench w;
    builder& b = w.b;
    node_id a = w.leaf({2, 3});
    node_id c = w.leaf({2, 3});
    node_id m = w.leaf({3, 2});
    node_id v = w.leaf({3});
    node_id s = w.leaf(shape_of_sizes({}));
    node_id number(double x) { return b.constant(x); }
    node_id times(double x, node_id n) { return b.mul(number(x), n); }
    node_id stretched(node_id n) { return b.broadcast(n, b.shape(a)); }
    node_id total(node_id n, int axes, bool keep = false) { return b.reduce(op::sum, n, axes, keep); }
    node_id batch_share() { return b.elements(b.shape(a), 1, -1); }
};
using maker = std::function<node_id(letters&)>;

/// Nodes that the rewrite of this operation and name takes up; empty where this file has none.
std::vector<maker> examples(op o, std::string_view name) {
    const auto unary = [](op f, auto inner) -> maker {
        return [f, inner](letters& l) { return l.b.unary(f, inner(l)); };
    };
    if (name == "fold constants") {
        if (info(o).arity == 1)
            return {unary(o, [](letters& l) { return l.number(-2.5); }),
                    unary(o, [](letters& l) { return l.number(3); }), unary(o, [](letters& l) { return l.number(0); })};
        if (o == op::pow) return {[](letters& l) { return l.b.binary(op::pow, l.number(-3), l.number(2)); }};
        return {[o](letters& l) { return l.b.binary(o, l.number(-3), l.number(2)); },
                [o](letters& l) { return l.b.binary(o, l.number(0), l.number(5)); }};
    }
    if (name == "broadcasting is implied") {
        if (o == op::where)
            return {[](letters& l) { return l.b.where(l.stretched(l.s), l.a, l.c); },
                    [](letters& l) { return l.b.where(l.a, l.stretched(l.v), l.c); },
                    [](letters& l) { return l.b.where(l.a, l.c, l.stretched(l.s)); }};
        return {[o](letters& l) { return l.b.binary(o, l.a, l.stretched(l.v)); },
                [o](letters& l) { return l.b.binary(o, l.stretched(l.s), l.a); },
                [o](letters& l) {
                    return l.b.binary(o, l.b.broadcast(l.v, {{1}, {3}}), l.a);
                }};
    }
    struct row {
        op operation;
        std::string_view name;
        std::vector<maker> make;
    };
    static const std::vector<row> rows{
        {op::neg, "-(-a) = a", {[](letters& l) { return l.b.neg(l.b.neg(l.a)); }}},
        {op::neg, "-(a - b) = b - a", {[](letters& l) { return l.b.neg(l.b.sub(l.a, l.v)); }}},
        {op::neg, "-(c a) = (-c) a", {[](letters& l) { return l.b.neg(l.times(3, l.a)); }}},
        {op::exp,
         "exp(log_softmax(a)) = softmax(a)",
         {[](letters& l) { return l.b.unary(op::exp, l.b.along(op::log_softmax, l.a)); },
          [](letters& l) { return l.b.unary(op::exp, l.b.along(op::log_softmax, l.a, 0)); }}},
        {op::log, "log(exp(a)) = a", {[](letters& l) { return l.b.unary(op::log, l.b.unary(op::exp, l.a)); }}},
        {op::log,
         "log(softmax(a)) = log_softmax(a)",
         {[](letters& l) { return l.b.unary(op::log, l.b.along(op::softmax, l.a)); },
          [](letters& l) { return l.b.unary(op::log, l.b.along(op::softmax, l.a, 0)); }}},
        {op::relu, "relu(relu(a)) = relu(a)", {[](letters& l) {
             return l.b.unary(op::relu, l.b.unary(op::relu, l.a));
         }}},
        {op::add,
         "a + 0 = a",
         {[](letters& l) { return l.b.add(l.a, l.number(0)); }, [](letters& l) { return l.b.add(l.number(0), l.a); }}},
        {op::add,
         "a + (-b) = a - b",
         {[](letters& l) { return l.b.add(l.v, l.b.neg(l.a)); },
          [](letters& l) { return l.b.add(l.b.neg(l.a), l.v); }}},
        {op::add, "a + a = 2 a", {[](letters& l) { return l.b.add(l.a, l.a); }}},
        {op::sub, "a - 0 = a", {[](letters& l) { return l.b.sub(l.a, l.number(0)); }}},
        {op::sub, "0 - a = -a", {[](letters& l) { return l.b.sub(l.number(0), l.a); }}},
        {op::sub, "a - (-b) = a + b", {[](letters& l) { return l.b.sub(l.v, l.b.neg(l.a)); }}},
        {op::mul,
         "1 a = a",
         {[](letters& l) { return l.b.mul(l.number(1), l.a); }, [](letters& l) { return l.b.mul(l.a, l.number(1)); }}},
        {op::mul,
         "-1 a = -a",
         {[](letters& l) { return l.b.mul(l.number(-1), l.a); },
          [](letters& l) { return l.b.mul(l.a, l.number(-1)); }}},
        {op::mul,
         "constants stand first",
         {[](letters& l) { return l.b.mul(l.a, l.number(3)); },
          [](letters& l) { return l.b.mul(l.a, l.batch_share()); }}},
        {op::mul, "c1 (c2 a) = (c1 c2) a", {[](letters& l) { return l.times(2, l.times(3, l.a)); }}},
        {op::mul,
         "(-a) b = -(a b)",
         {[](letters& l) { return l.b.mul(l.b.neg(l.a), l.v); },
          [](letters& l) { return l.b.mul(l.v, l.b.neg(l.a)); }}},
        {op::mul,
         "a (c b) = c (a b)",
         {[](letters& l) { return l.b.mul(l.a, l.times(3, l.v)); },
          [](letters& l) { return l.b.mul(l.times(3, l.v), l.a); }}},
        {op::div, "a / 1 = a", {[](letters& l) { return l.b.div(l.a, l.number(1)); }}},
        {op::div, "(c a) / b = c (a / b)", {[](letters& l) { return l.b.div(l.times(3, l.v), l.a); }}},
        {op::pow, "a^1 = a", {[](letters& l) { return l.b.binary(op::pow, l.a, l.number(1)); }}},
        {op::pow, "a^0 = 1", {[](letters& l) { return l.b.binary(op::pow, l.a, l.number(0)); }}},
        {op::pow, "a^(1/2) = sqrt(a)", {[](letters& l) { return l.b.binary(op::pow, l.a, l.number(0.5)); }}},
        {op::matmul, "(c A) B = c (A B)", {[](letters& l) { return l.b.matmul(l.times(3, l.a), l.m); }}},
        {op::matmul, "A (c B) = c (A B)", {[](letters& l) { return l.b.matmul(l.a, l.times(3, l.m)); }}},
        {op::permute, "an order that changes nothing", {[](letters& l) {
             constexpr int same[]{0, 1};
             return l.b.permute(l.a, same);
         }}},
        {op::permute,
         "two permutes are one",
         {[](letters& l) { return l.b.transpose(l.b.transpose(l.a)); },
          [](letters& l) {
              constexpr int round[]{1, 2, 0};
              return l.b.permute(l.b.permute(l.b.reshape(l.a, {{1}, {2}, {3}}), round), round);
          }}},
        {op::permute,
         "transpose(A B) = transpose(B) transpose(A)",
         {[](letters& l) { return l.b.transpose(l.b.matmul(l.a, l.m)); },
          [](letters& l) {
              return l.b.transpose(l.b.matmul(l.b.reshape(l.a, {{2}, {1}, {3}}), l.m));  // a batch on one side
          }}},
        {op::permute, "permute(c a) = c permute(a)", {[](letters& l) { return l.b.transpose(l.times(3, l.a)); }}},
        {op::permute, "a stretched scalar has no order", {[](letters& l) { return l.b.transpose(l.stretched(l.s)); }}},
        {op::reshape, "a reshape that changes nothing", {[](letters& l) { return l.b.reshape(l.a, l.b.shape(l.a)); }}},
        {op::reshape, "two reshapes are one", {[](letters& l) {
             return l.b.reshape(l.b.reshape(l.a, {{6}}), {{3}, {2}});
         }}},
        {op::reshape, "a stretched scalar takes any shape", {[](letters& l) {
             return l.b.reshape(l.stretched(l.s), {{6}});
         }}},
        {op::reshape, "reshape(c a) = c reshape(a)", {[](letters& l) { return l.b.reshape(l.times(3, l.a), {{6}}); }}},
        {op::broadcast, "a broadcast that changes nothing", {[](letters& l) { return l.stretched(l.a); }}},
        {op::broadcast, "two broadcasts are one", {[](letters& l) {
             return l.b.broadcast(l.stretched(l.v), {{4}, {2}, {3}});
         }}},
        {op::sum, "a sum over nothing", {[](letters& l) { return l.total(l.a, 0); }}},
        {op::sum,
         "sum(c a) = c sum(a)",
         {[](letters& l) { return l.total(l.times(3, l.a), 1); },
          [](letters& l) { return l.total(l.times(3, l.a), 3, true); }}},
        {op::sum, "sum(-a) = -sum(a)", {[](letters& l) { return l.total(l.b.neg(l.a), 2); }}},
        {op::sum,
         "a sum of n equal numbers is n times the number",
         {[](letters& l) { return l.total(l.stretched(l.s), 3); },
          [](letters& l) { return l.total(l.stretched(l.s), 1); },
          [](letters& l) { return l.total(l.stretched(l.s), 2, true); }}},
        {op::sum,
         "two sums are one",
         {[](letters& l) { return l.total(l.total(l.a, 1), 1); },
          [](letters& l) {
              return l.total(l.total(l.b.reshape(l.a, {{2}, {1}, {3}}), 2), 2);
          }}},
        {op::mean, "mean(c a) = c mean(a)", {[](letters& l) {
             return l.b.reduce(op::mean, l.times(3, l.a), 2, false);
         }}},
    };
    for (const row& r : rows)
        if (r.operation == o && r.name == name) return r.make;
    return {};
}

// ---- random graphs

/// A way to build a graph that can be followed several times, with and without simplification.
struct recipe {
    std::uint64_t seed;
    int length;
    bool smooth;  ///< without kinks, so that its gradients can be compared as well
    bool tree;    ///< no intermediate value is used twice

    /// Returns the outputs.
    std::vector<node_id> follow(workbench& w) const {
        random_bits bits(seed);
        builder& b = w.b;
        std::vector<node_id> pool;
        const auto leaves = [&] {
            static const std::vector<std::vector<std::int64_t>> shapes{{2, 3}, {2, 3}, {3}, {2, 1}, {}, {3, 2}, {1, 3}};
            for (const auto& s : shapes) pool.push_back(w.leaf(s));
        };
        leaves();
        const std::size_t leaf_count = pool.size();
        const auto take = [&]() {
            // the newest are likelier, so that graphs get deep
            const std::size_t n = pool.size();
            std::size_t i = below(bits, n);
            if (below(bits, 2) == 0) i = n - 1 - below(bits, std::min<std::size_t>(n, 4));
            const node_id taken = pool[i];
            if (tree && i >= leaf_count) pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(i));
            return taken;
        };
        static const double factors[] = {1, -1, 2, 0.5, -3, 1, -1, 0.25};
        for (int step = 0; step < length; ++step) {
            const node_id a = take();
            const dims d = b.shape(a);
            node_id made = a;
            const auto constant = [&] { return b.constant(factors[below(bits, std::size(factors))]); };
            const auto pair = [&](op o) {
                const node_id c = take();
                if (fits(rules::broadcast("", d, b.shape(c))))
                    made = below(bits, 2) ? b.binary(o, a, c) : b.binary(o, c, a);
            };
            const auto bounded = [&](node_id n) { return b.unary(op::tanh, n); };
            const int mask = static_cast<int>(below(bits, 1u << d.rank));
            const bool keep = below(bits, 2) == 0;
            switch (below(bits, 27)) {
                case 0:
                    made = b.neg(a);
                    break;
                case 1:
                    made = b.unary(op::exp, bounded(a));
                    break;
                case 2:
                    made = b.unary(op::log, b.unary(op::exp, bounded(a)));
                    break;
                case 3:
                    made = smooth ? b.unary(op::sigmoid, a) : b.unary(op::relu, a);
                    break;
                case 4:
                    made = smooth ? bounded(a) : b.unary(op::abs, a);
                    break;
                case 5:
                case 6:
                    pair(op::add);
                    break;
                case 7:
                case 8:
                    pair(op::sub);
                    break;
                case 9:
                case 10:
                    pair(op::mul);
                    break;
                case 11:
                    made = b.mul(constant(), a);
                    break;
                case 12:
                    made = b.mul(a, constant());
                    break;
                case 13:
                    made = b.add(a, b.constant(static_cast<double>(below(bits, 2))));
                    break;
                case 14:
                    made = b.sub(b.constant(static_cast<double>(below(bits, 2))), a);
                    break;
                case 15: {
                    const node_id c = take();
                    if (fits(rules::broadcast("", d, b.shape(c)))) made = b.div(a, b.unary(op::exp, bounded(c)));
                } break;
                case 16:
                    made = b.div(a, constant());
                    break;
                case 17:
                    made = b.binary(op::pow, bounded(a), b.constant(static_cast<double>(below(bits, 3))));
                    break;
                case 18:
                    if (d.rank >= 2) made = b.transpose(a);
                    break;
                case 19:
                    if (d.rank >= 2 && d.back().size > 1) made = b.matmul(a, b.transpose(a));
                    break;
                case 20:
                    made = b.reshape(a, {{d.fixed_elements()}});
                    break;
                case 21: {
                    dims to = d;
                    if (to.rank < 4) {
                        to = {{2}};
                        for (int i = 0; i < d.rank; ++i) to.push_back(d[i]);
                    }
                    made = b.broadcast(a, to);
                    break;
                }
                case 22:
                case 23:
                    made = b.reduce(op::sum, a, mask, keep);
                    break;
                case 24:
                    made = b.reduce(smooth ? op::mean : op::max, a, mask, keep);
                    break;
                case 25:
                    if (d.rank > 0) made = b.along(below(bits, 2) ? op::softmax : op::log_softmax, a);
                    break;
                default:
                    if (d.rank > 0) made = b.unary(op::exp, b.along(op::log_softmax, a));
                    break;
            }
            if (b.shape(made).fixed_elements() <= 200) pool.push_back(made);
        }
        std::vector<node_id> outputs(
            pool.begin() + static_cast<std::ptrdiff_t>(std::max(pool.size(), std::size_t{3}) - 3), pool.end());
        if (smooth) {
            node_id loss = b.constant(0);
            for (node_id o : outputs) loss = b.add(loss, w.sum(b.unary(op::tanh, o)));
            for (std::size_t k = 0; k < 3; ++k) outputs.push_back(gradient(b, loss, w.leaves[k]));
        }
        return outputs;
    }
};

/// The nodes that compute: views and leaves are free.
int computed(graph_view g) {
    int n = 0;
    for (const node& x : g.nodes) n += !x.is_leaf() && info(x.operation).what != kind::view;
    return n;
}
/// A graph as text, for comparison.
std::string lines_of(graph_view g) {
    std::string s;
    for (const node& n : g.nodes) {
        s += std::string(info(n.operation).name) + "(";
        for (node_id o : n.uses()) s += std::to_string(o) + ",";
        sentence shape;
        shape << n.shape;
        s += ") " + std::string(shape.view()) + " " + std::to_string(n.attrs.value) + " " +
             std::to_string(n.attrs.axes) + (n.attrs.keep ? "k" : "") + (n.name ? n.name : "");
        for (int i = 0; n.is(op::permute) && i < n.shape.rank; ++i) s += std::to_string(n.attrs.order[i]);
        s += "\n";
    }
    for (const output& o : g.outputs) s += std::to_string(o.node) + " ";
    return s;
}
run_time_graph graph_with(workbench& w, const std::vector<node_id>& outputs) {
    for (node_id o : outputs) w.b.outputs.push_back({o});
    return finished(w.b);
}
/// The same graph, built again node by node by a builder that simplifies.
run_time_graph built_again(graph_view g) {
    builder b(simplify);
    std::vector<node_id> place;
    for (const node& n : g.nodes) {
        node copy = n;
        for (int k = 0; k < n.arity; ++k) {
            node_id& o = copy.operands[static_cast<std::size_t>(k)];
            o = place[static_cast<std::size_t>(o)];
        }
        place.push_back(n.is(op::input) ? b.leaf(op::input, n.name, n.shape) : b.add(copy));
    }
    for (const output& o : g.outputs) b.outputs.push_back({place[static_cast<std::size_t>(o.node)]});
    return finished(b);
}

/// y = tanh(y) * y, so many times, and the gradient.
int repeated(int times, builder::rewriter r) {
    builder b(r);
    const node_id x = b.leaf(op::input, "x", {});
    node_id y = x;
    for (int i = 0; i < times; ++i) y = b.mul(b.unary(op::tanh, y), y);
    b.outputs = {{y}, {gradient(b, y, x)}};
    return finished(b).size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simplification)

BOOST_AUTO_TEST_CASE(each_rewrite_fires_on_its_example_and_keeps_the_value) {
    for (const rewrite& r : rewrites) {
        const std::vector<maker> all = examples(r.operation, r.name);
        BOOST_TEST(!all.empty(), info(r.operation).name << ": '" << r.name << "' has no example in this test");
        for (const maker& make : all) {
            letters l;
            const node_id plain = make(l);
            const node_id instead = r.apply(l.b, node(l.b[plain]));
            BOOST_TEST(instead != no_node, "'" << r.name << "' of " << info(r.operation).name << " does not fire");
            if (instead == no_node) continue;
            BOOST_TEST(instead != plain, "'" << r.name << "' changes nothing");
            BOOST_TEST((l.b.shape(instead) == l.b.shape(plain)), "'" << r.name << "' changes the shape");
            const auto compare = [&](const char* with) {
                const double off = distance_of(l.w.value(instead), l.w.value(plain));
                BOOST_TEST(off <= 1e-14,
                           "'" << r.name << "' of " << info(r.operation).name << ", " << with << ": off by " << off);
            };
            compare("plain numbers");
            for (double special : {none, inf, -inf, 0.0}) {
                // (-inf)^(1/2) is infinite, says IEEE 754, and NaN, say sqrt and PyTorch: the one value that changes.
                if (r.name == "a^(1/2) = sqrt(a)" && std::isinf(special)) continue;
                for (std::size_t leaf = 0; leaf < l.w.values.size(); ++leaf) {
                    const std::vector<double> before = l.w.values[leaf];
                    l.w.values[leaf][before.size() / 2] = special;
                    compare("a special value");
                    if (before.size() > 1) {
                        l.w.values[leaf][0] = -special;
                        compare("two special values");
                    }
                    l.w.values[leaf] = before;
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_builder_uses_the_rewrites) {
    for (const rewrite& r : rewrites)
        for (const maker& make : examples(r.operation, r.name)) {
            letters plain;
            const node_id before = make(plain);
            letters l{.w = workbench(simplify)};
            const node_id after = make(l);
            BOOST_TEST(distance_of(l.w.value(after), plain.w.value(before)) <= 1e-14, r.name);
            if (l.b[after].operation != r.operation) continue;  // a rewrite looks at its own operation only
            const node_id again = r.apply(l.b, node(l.b[after]));
            BOOST_TEST((again == no_node || again == after), "'" << r.name << "' is left in a builder's graph");
        }
}

BOOST_AUTO_TEST_CASE(names_are_told_once_for_each_operation) {
    std::set<std::pair<op, std::string_view>> seen;
    for (const rewrite& r : rewrites) BOOST_TEST((seen.insert({r.operation, r.name}).second), r.name);
}

BOOST_AUTO_TEST_CASE(random_graphs_keep_their_values) {
    int nodes_before = 0;
    int nodes_after = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const recipe how{seed, 5 + static_cast<int>(seed % 30), seed % 2 == 0, false};
        workbench plain(nullptr, seed);
        workbench simple(simplify, seed);
        BOOST_TEST_CHECKPOINT("seed " << seed);
        const run_time_graph g = graph_with(plain, how.follow(plain));
        const run_time_graph h = graph_with(simple, how.follow(simple));
        BOOST_TEST_REQUIRE(plain.values.size() == simple.values.size());
        interpreter run_plain(g);
        interpreter run_simple(h);
        for (interpreter* run : {&run_plain, &run_simple}) {
            const graph_view view = run == &run_plain ? graph_view(g) : graph_view(h);
            for (std::size_t i = 0; i < plain.leaves.size(); ++i) {
                const char* name = plain.b[plain.leaves[i]].name;
                if (find_leaf(view, name) != no_node) run->set(name, plain.values[i]);
            }
            run->run();
        }
        double largest = 1;  // what rounding errors are in proportion to
        for (node_id i = 0; i < g.size(); ++i)
            for (double x : run_plain.value(i).values) largest = std::max(largest, std::abs(x));
        for (int i = 0; i < static_cast<int>(g.outputs.size()); ++i) {
            BOOST_TEST((run_plain.output(i).sizes == run_simple.output(i).sizes), "seed " << seed << ": another shape");
            const double off = distance_of(run_simple.output(i).values, run_plain.output(i).values);
            BOOST_TEST(off <= 1e-12 * largest, "seed " << seed << ", output " << i << ": off by " << off);
        }
        // A value that others use stays when one of its users takes it apart, so a graph may grow by a few nodes.
        BOOST_TEST(computed(h) <= computed(g) + 2, "seed " << seed << ": " << computed(g) << " to " << computed(h));
        nodes_before += computed(g);
        nodes_after += computed(h);
    }
    BOOST_TEST(nodes_after < 0.8 * nodes_before);  // 5638 and 4232 when this was written
}

BOOST_AUTO_TEST_CASE(random_trees_never_grow) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const recipe how{seed, 5 + static_cast<int>(seed % 30), false, true};
        workbench plain(nullptr, seed);
        workbench simple(simplify, seed);
        BOOST_TEST_CHECKPOINT("seed " << seed);
        const run_time_graph g = graph_with(plain, how.follow(plain));
        const run_time_graph h = graph_with(simple, how.follow(simple));
        BOOST_TEST(computed(h) <= computed(g), "seed " << seed << ": " << computed(g) << " to " << computed(h));
    }
}

BOOST_AUTO_TEST_CASE(simplifying_twice_changes_nothing) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const recipe how{seed, 5 + static_cast<int>(seed % 30), seed % 2 == 0, false};
        workbench w(simplify, seed);
        const run_time_graph g = graph_with(w, how.follow(w));
        const std::string once = lines_of(g);
        const run_time_graph again = built_again(g);
        BOOST_TEST(lines_of(again) == once, "seed " << seed);
    }
}

BOOST_AUTO_TEST_CASE(the_same_graph_twice_gives_the_same_listing) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const recipe how{seed, 30, true, false};
        workbench w(simplify, seed);
        workbench v(simplify, seed);
        BOOST_TEST(lines_of(graph_with(w, how.follow(w))) == lines_of(graph_with(v, how.follow(v))), "seed " << seed);
    }
}

BOOST_AUTO_TEST_CASE(repetition_grows_linearly) {
    for (builder::rewriter r : {builder::rewriter(nullptr), builder::rewriter(simplify)}) {
        const int n20 = repeated(20, r);
        const int n40 = repeated(40, r);
        BOOST_TEST(repeated(200, r) == n20 + 9 * (n40 - n20));
        BOOST_TEST(repeated(2000, r) == n20 + 99 * (n40 - n20));
    }
}

BOOST_AUTO_TEST_CASE(the_gradients_of_classical_losses_read_as_in_a_book) {
    constexpr auto batch = dim<"batch">;
    constexpr auto x = input<"x", batch, 64>;
    constexpr auto W = parameter<"W", 10, 64>;
    constexpr auto b = parameter<"b", 10>;
    const formula_options no_where{.where = false};
    {
        constexpr auto y = input<"y", batch, 10>;
        constexpr auto z = matmul(x, transpose(W)) + b;
        constexpr auto loss = mean(cross_entropy(z, y));
        BOOST_TEST(text(grad(loss, W)) == "transpose(softmax(z) - y) x / batch\nwhere z = x transpose(W) + b");
        BOOST_TEST(text(grad(loss, W), no_where) == "transpose(softmax(x transpose(W) + b) - y) x / batch");
        BOOST_TEST(text(grad(loss, b)) == "sum(softmax(z) - y, axis=0) / batch\nwhere z = x transpose(W) + b");
        BOOST_TEST(text(grad(loss, z)) == "(softmax(x transpose(W) + b) - y) / batch");
    }
    {
        constexpr auto y = input<"y", batch>;
        constexpr auto z = matmul(x, transpose(W)) + b;
        BOOST_TEST(text(grad(mean(cross_entropy(z, y)), W)) ==
                   "transpose(softmax(z) - one_hot(y)) x / batch\nwhere z = x transpose(W) + b");
    }
    {
        constexpr auto y = input<"y", batch, 1>;
        constexpr auto w = parameter<"w", 1, 64>;
        constexpr auto z = matmul(x, transpose(w));
        BOOST_TEST(text(grad(mse_loss(z, y), w)) == "2 transpose(x transpose(w) - y) x / batch");
        BOOST_TEST(text(grad(mean(binary_cross_entropy_with_logits(z, y)), w)) ==
                   "transpose(sigmoid(x transpose(w)) - y) x / batch");
    }
    {
        constexpr auto y = input<"y", batch, 2>;
        constexpr auto V = parameter<"V", 64, 5>;
        constexpr auto U = parameter<"U", 5, 2>;
        constexpr auto h = tanh(matmul(x, V));
        BOOST_TEST(text(grad(mse_loss(matmul(h, U), y), U)) == "transpose(a) (a U - y) / batch\nwhere a = tanh(x V)");
        BOOST_TEST(
            text(grad(mse_loss(matmul(h, U), y), V)) ==
            "transpose(x) delta / batch\nwhere delta = ((a U - y) transpose(U)) * (1 - a^2)\n      a = tanh(x V)");
    }
    {
        constexpr auto s = parameter<"s">;
        BOOST_TEST(text(grad(s * s, s)) == "2 s");
        BOOST_TEST(text(grad(square(s), s)) == "2 s");
        BOOST_TEST(text(grad(pow<3>(s), s)) == "3 s^2");
        BOOST_TEST(text(grad(2.f * s + 1, s)) == "2");
        BOOST_TEST(text(grad(exp(s), s)) == "exp(s)");
        BOOST_TEST(text(grad(log(s), s)) == "1 / s");
        BOOST_TEST(text(grad(sqrt(s), s)) == "1 / (2 sqrt(s))");
        BOOST_TEST(text(grad(tanh(s), s)) == "1 - tanh(s)^2");
        BOOST_TEST(text(grad(sigmoid(s), s), no_where) == "sigmoid(s) * (1 - sigmoid(s))");
        BOOST_TEST(text(grad(grad(pow<3>(s), s), s)) == "6 s");
        BOOST_TEST(text(grad(s - exp(-s), s)) == "exp(-s) + 1");
    }
    BOOST_TEST(text(grad(sum(x), x)) == "broadcast(1, (batch, 64))");
    BOOST_TEST(text(grad(mean(square(x)), x)) == "x / (32 batch)");
    BOOST_TEST(text(grad(sum(relu(x)), x), no_where) == "x > 0");
}

BOOST_AUTO_TEST_SUITE_END()
