// SPDX-License-Identifier: BSL-1.0
// Every gradient rule against central differences in double, first and second order, as written and simplified. The
// table of operations drives the test: an operation without cases fails it.
#include "differences.hpp"
#include <gradus/calculus/rules.hpp>

using namespace gradus;
using namespace gradus::testing;

namespace {

using shape_list = std::vector<std::int64_t>;

/// Runs the cases of one operation and counts them.
struct trial {
    op operation;
    builder::rewriter rewriter;
    int count = 0;

    /// One case: `make` adds its operands as leaves and returns the result; `by` are the operands to differentiate by.
    template <class Make> void run(const std::string& what, const std::vector<std::size_t>& by, Make make) {
        workbench w(rewriter, static_cast<std::uint64_t>(++count));
        const node_id y = make(w);
        check_gradients(w, y, by, std::string(info(operation).name) + " " + what);
    }
};

std::string written(const shape_list& s) {
    std::string text = "(";
    for (std::int64_t n : s) text += std::to_string(n) + ",";
    return text + ")";
}
/// Numbers that keep away from 0, where relu and abs have a kink.
std::vector<double> away_from_zero(random_bits& bits, std::int64_t count) {
    std::vector<double> v = random_numbers(bits, count, 0.2, 1.5);
    for (double& x : v) x = uniform(bits) < 0.5 ? -x : x;
    return v;
}
/// Multiples of 0.1, plus `offset`: two operands with other offsets never tie.
std::vector<double> on_a_grid(random_bits& bits, std::int64_t count, double offset) {
    std::vector<double> v(static_cast<std::size_t>(count));
    for (double& x : v) x = 0.1 * static_cast<double>(below(bits, 30)) - 1.5 + offset;
    return v;
}
/// Different numbers in any order.
std::vector<double> all_different(random_bits& bits, std::int64_t count) {
    std::vector<double> v;
    for (std::size_t i : shuffled_order(static_cast<std::size_t>(count), bits()))
        v.push_back(0.1 * static_cast<double>(i) - 1);
    return v;
}

const std::vector<shape_list> shapes{{}, {1}, {3}, {7}, {1, 3}, {3, 7}, {3, 1, 7}};
/// Equal shapes, and all ways to stretch the one, the other, or both.
const std::vector<std::pair<shape_list, shape_list>> pairs{
    {{3, 7}, {3, 7}}, {{}, {}},         {{3, 7}, {7}},       {{7}, {3, 7}},       {{3, 7}, {}},
    {{}, {3, 7}},     {{3, 7}, {3, 1}}, {{3, 1}, {3, 7}},    {{3, 1}, {1, 7}},    {{3, 1}, {7}},
    {{1}, {3}},       {{3}, {1}},       {{1, 1}, {3, 7}},    {{7}, {1, 1, 1}},    {{3, 1, 7}, {3, 1}},
    {{1, 3, 1}, {7}}, {{1}, {}},        {{1, 7}, {3, 1, 1}}, {{3, 3, 1}, {1, 7}}, {{1, 1}, {1}},
};

void unary_cases(trial& t) {
    for (const shape_list& s : shapes)
        t.run(written(s), {0}, [&](workbench& w) {
            const dims d = shape_of_sizes(s);
            const bool positive = t.operation == op::log || t.operation == op::sqrt;
            const node_id a = positive ? w.leaf(d, 0.5, 2) : w.given(d, away_from_zero(w.bits, d.fixed_elements()));
            return w.b.unary(t.operation, a);
        });
}
void binary_cases(trial& t) {
    for (const auto& [first, second] : pairs)
        t.run(written(first) + " " + written(second), {0, 1}, [&, s1 = first, s2 = second](workbench& w) {
            const dims d1 = shape_of_sizes(s1);
            const dims d2 = shape_of_sizes(s2);
            node_id a{}, b{};
            switch (t.operation) {
                case op::maximum:
                case op::minimum:
                    a = w.given(d1, on_a_grid(w.bits, d1.fixed_elements(), 0));
                    b = w.given(d2, on_a_grid(w.bits, d2.fixed_elements(), 0.05));
                    break;
                case op::pow:
                    a = w.leaf(d1, 0.5, 2);
                    b = w.leaf(d2, -1.5, 2.5);
                    break;
                case op::div:
                    a = w.leaf(d1);
                    b = w.leaf(d2, 0.6, 2);
                    break;
                default:
                    a = w.leaf(d1);
                    b = w.leaf(d2);
            }
            return w.b.binary(t.operation, a, b);
        });
    if (t.operation != op::pow) return;
    for (double exponent : {-1.0, 0.0, 0.5, 1.0, 2.0, 3.0})
        t.run("to the constant " + std::to_string(exponent), {0}, [&](workbench& w) {
            const bool whole = exponent == 1 || exponent == 2 || exponent == 3;  // these take negative numbers, too
            const node_id a = whole ? w.leaf({3, 7}, -2, 2) : w.leaf({3, 7}, 0.5, 2);
            return w.b.binary(op::pow, a, w.b.constant(exponent));
        });
}
void where_cases(trial& t) {
    struct three {
        shape_list c, a, b;
    };
    for (const three& s : std::vector<three>{{{3, 7}, {3, 7}, {3, 7}},
                                             {{3, 1}, {7}, {1, 1}},
                                             {{7}, {3, 1}, {}},
                                             {{}, {7}, {3, 1}},
                                             {{3, 7}, {}, {1}},
                                             {{3, 1, 1}, {1, 7, 1}, {1, 1, 3}}})
        t.run(written(s.c) + written(s.a) + written(s.b), {1, 2}, [&](workbench& w) {
            std::vector<double> choice;
            for (std::int64_t i = 0; i < shape_of_sizes(s.c).fixed_elements(); ++i)
                choice.push_back(static_cast<double>(below(w.bits, 2)));
            const node_id c = w.given(shape_of_sizes(s.c), choice);
            const node_id a = w.leaf(s.a);
            return w.b.where(c, a, w.leaf(s.b));
        });
}
void matmul_cases(trial& t) {
    for (const auto& [first, second] : std::vector<std::pair<shape_list, shape_list>>{{{3, 7}, {7, 3}},
                                                                                      {{1, 1}, {1, 1}},
                                                                                      {{1, 7}, {7, 1}},
                                                                                      {{7, 1}, {1, 3}},
                                                                                      {{2, 3, 7}, {2, 7, 1}},
                                                                                      {{2, 3, 7}, {7, 3}},
                                                                                      {{3, 7}, {2, 7, 3}},
                                                                                      {{1, 3, 7}, {2, 7, 3}},
                                                                                      {{2, 3, 1}, {1, 1, 3}},
                                                                                      {{2, 1, 3, 7}, {3, 7, 1}},
                                                                                      {{3, 1, 7}, {2, 1, 7, 3}}})
        t.run(written(first) + written(second), {0, 1}, [s1 = first, s2 = second](workbench& w) {
            const node_id a = w.leaf(s1);
            return w.b.matmul(a, w.leaf(s2));
        });
}
void view_cases(trial& t) {
    if (t.operation == op::permute) {
        std::vector<std::int64_t> order{0, 1, 2};
        do {
            t.run(written(order), {0}, [&](workbench& w) {
                const int as_int[]{static_cast<int>(order[0]), static_cast<int>(order[1]), static_cast<int>(order[2])};
                return w.b.permute(w.leaf({1, 3, 7}), as_int);
            });
        } while (std::next_permutation(order.begin(), order.end()));
        t.run("of five dimensions", {0}, [](workbench& w) {
            constexpr int turned[]{3, 0, 4, 2, 1};
            return w.b.permute(w.leaf({3, 2, 1, 2, 3}), turned);
        });
        return;
    }
    const bool reshape = t.operation == op::reshape;
    const std::vector<std::pair<shape_list, shape_list>> to =
        reshape ? std::vector<std::pair<shape_list, shape_list>>{{{3, 7}, {7, 3}},
                                                                 {{3, 7}, {21}},
                                                                 {{}, {1, 1}},
                                                                 {{1, 3, 1}, {3}},
                                                                 {{2, 3, 7}, {7, 6}}}
                : std::vector<std::pair<shape_list, shape_list>>{
                      {{}, {3, 7}}, {{7}, {3, 7}},          {{3, 1}, {3, 7}},    {{1, 1}, {3, 7}},
                      {{1}, {1}},   {{1, 3, 1}, {2, 3, 7}}, {{3, 1}, {2, 3, 7}}, {{}, {}}};
    for (const auto& [first, second] : to)
        t.run(written(first) + " to " + written(second), {0}, [&, s1 = first, s2 = second](workbench& w) {
            const node_id a = w.leaf(s1);
            return reshape ? w.b.reshape(a, shape_of_sizes(s2)) : w.b.broadcast(a, shape_of_sizes(s2));
        });
}
void reduction_cases(trial& t) {
    for (const shape_list& s : std::vector<shape_list>{{}, {1}, {7}, {3, 7}, {3, 1, 7}, {2, 3, 2}})
        for (int mask = 0; mask < 1 << s.size(); ++mask)
            for (bool keep : {false, true})
                t.run(written(s) + " over " + std::to_string(mask) + (keep ? ", kept" : ""), {0}, [&](workbench& w) {
                    const dims d = shape_of_sizes(s);
                    return w.b.reduce(t.operation, w.given(d, all_different(w.bits, d.fixed_elements())), mask, keep);
                });
}
void softmax_cases(trial& t) {
    for (const shape_list& s : std::vector<shape_list>{{1}, {7}, {3, 7}, {1, 3, 7}, {3, 2, 3}})
        for (int along = 0; along < static_cast<int>(s.size()); ++along)
            t.run(written(s) + " along " + std::to_string(along), {0},
                  [&](workbench& w) { return w.b.along(t.operation, w.leaf(s), along); });
}
void cross_entropy_cases(trial& t) {
    const bool indices = t.operation == op::cross_entropy;
    for (const shape_list& s : std::vector<shape_list>{{1, 1}, {7}, {3, 7}, {1, 3}, {2, 3, 7}}) {
        const std::vector<std::size_t> by = indices ? std::vector<std::size_t>{0} : std::vector<std::size_t>{0, 1};
        t.run(written(s), by, [&](workbench& w) {
            const node_id z = w.leaf(s);
            dims d = shape_of_sizes(s);
            const auto classes = static_cast<std::size_t>(d.back().size);
            const auto rows = static_cast<std::size_t>(d.fixed_elements()) / classes;
            std::vector<double> target;
            for (std::size_t r = 0; r < rows; ++r) {
                if (indices) {
                    target.push_back(static_cast<double>(below(w.bits, classes)));
                    continue;
                }
                std::vector<double> p = random_numbers(w.bits, d.back().size, 0.1, 1);
                double all = 0;
                for (double x : p) all += x;
                for (double x : p) target.push_back(x / all);
            }
            if (indices) --d.rank;
            return w.b.cross_entropy(z, w.given(d, target));
        });
    }
}

/// The cases of an operation; the number of them is 0 for one that this file does not know.
int check(op o, builder::rewriter rewriter) {
    trial t{o, rewriter};
    switch (info(o).what) {
        case kind::elementwise:
            if (info(o).arity == 1) unary_cases(t);
            if (info(o).arity == 2) binary_cases(t);
            if (o == op::where) where_cases(t);
            break;
        case kind::product:
            matmul_cases(t);
            break;
        case kind::view:
            view_cases(t);
            break;
        case kind::reduction:
            reduction_cases(t);
            break;
        case kind::rowwise:
            if (o == op::softmax || o == op::log_softmax) softmax_cases(t);
            if (o == op::cross_entropy || o == op::cross_entropy_soft) cross_entropy_cases(t);
            break;
        default:
            break;
    }
    return t.count;
}
void check_all(builder::rewriter rewriter) {
    for (const gradient_rule& r : gradient_rules)
        BOOST_TEST(check(r.operation, rewriter) > 0, info(r.operation).name << " has no cases in this test");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(each_rule_gives_the_first_and_second_central_differences) { check_all(nullptr); }

BOOST_AUTO_TEST_CASE(simplified_they_still_do) { check_all(simplify); }

BOOST_AUTO_TEST_CASE(no_gradient_passes_an_operation_without_a_rule) {
    int count = 0;
    for (const operation_info& i : operations) {
        if (i.differentiable || i.what == kind::leaf || i.what == kind::typed_only) continue;
        workbench w;
        const node_id a = i.operation == op::one_hot ? w.given(shape_of_sizes({3}), {0, 2, 1}) : w.leaf({3, 7});
        node_id y{};
        if (i.operation == op::one_hot)
            y = w.b.one_hot(a, {3, nullptr});
        else if (i.operation == op::argmax)
            y = w.b.reduce(op::argmax, a, 0b10, false);
        else
            y = i.arity == 1 ? w.b.unary(i.operation, a) : w.b.binary(i.operation, a, w.leaf({7}));
        const node_id loss = w.weighted(y);
        for (std::size_t k = 0; k < static_cast<std::size_t>(i.arity); ++k) {
            const node_id g = gradient(w.b, loss, w.leaves[k]);
            BOOST_TEST((w.b.shape(g) == w.b.shape(w.leaves[k])), i.name);
            for (double x : w.value(g)) BOOST_TEST(x == 0, i.name << " lets a gradient through");
        }
        ++count;
    }
    BOOST_TEST(count == 9);  // 6 comparisons, sign, argmax, one_hot
}

BOOST_AUTO_TEST_CASE(a_condition_has_no_gradient) {
    workbench w;
    const node_id c = w.given(shape_of_sizes({2}), {0, 1});
    const node_id a = w.leaf({2});
    const node_id loss = w.weighted(w.b.where(c, a, w.leaf({2})));
    for (double x : w.value(gradient(w.b, loss, c))) BOOST_TEST(x == 0);
}

BOOST_AUTO_TEST_CASE(ties_share_the_gradient) {
    for (op o : {op::maximum, op::minimum}) {
        workbench w;
        const node_id a = w.given(shape_of_sizes({3}), {1, 2, 3});
        const node_id b = w.given(shape_of_sizes({3}), {1, 3, 2});
        const node_id loss = w.sum(w.b.binary(o, a, b));
        const std::vector<double> at_a = w.value(gradient(w.b, loss, a));
        const std::vector<double> at_b = w.value(gradient(w.b, loss, b));
        BOOST_TEST(at_a[0] == 0.5);
        BOOST_TEST(at_b[0] == 0.5);
        BOOST_TEST(at_a[1] == (o == op::maximum ? 0 : 1));
        BOOST_TEST(at_b[2] == (o == op::maximum ? 0 : 1));
    }
    workbench w;
    const node_id a = w.given(shape_of_sizes({2, 3}), {1, 5, 5, 2, 0, 1});
    const node_id loss = w.sum(w.b.reduce(op::max, a, 0b10, false));
    const std::vector<double> wanted{0, 0.5, 0.5, 1, 0, 0};
    BOOST_TEST(w.value(gradient(w.b, loss, a)) == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(at_a_kink_the_gradient_is_that_of_pytorch) {
    workbench w;
    const node_id a = w.given(shape_of_sizes({1}), {0});
    BOOST_TEST(w.value(gradient(w.b, w.sum(w.b.unary(op::relu, a)), a))[0] == 0);
    BOOST_TEST(w.value(gradient(w.b, w.sum(w.b.unary(op::abs, a)), a))[0] == 0);
}

BOOST_AUTO_TEST_CASE(each_rule_has_a_sentence_for_derivations) {
    for (const gradient_rule& r : gradient_rules) {
        BOOST_TEST(r.formula.starts_with("d"), info(r.operation).name);
        BOOST_TEST((r.formula.find(" = ") != std::string_view::npos), info(r.operation).name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
