// SPDX-License-Identifier: BSL-1.0
// Gradus from scratch: its core idea rebuilt with nothing but the standard library, in five parts. Read it in order.
//
//     g++ -std=c++20 docs/from_scratch.cpp -o from_scratch && ./from_scratch
//
// A network is a C++ *type*, so the compiler checks its shapes (1). Types would become gigantic, so each holds only a
// hash of what it is (2). Types are clumsy, so they become an array of nodes as soon as possible (3). On that array the
// chain rule is a loop (4), and so is running it, which even the compiler can do (5).
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
// clang-format off
// --- Part 1. Expressions that know their shape ----------------------------------------------------------------------
// `matrix<4, 3>` is a shape. An expression derives from its shape, so a function can look at the shape alone. Where
// shapes do not fit, the overload that is chosen is *deleted*, and its last template argument is the reason: the
// compiler prints it, numbers and all, on the line that is wrong.
template <std::size_t N> struct fixed_string {  // a text as a template argument
    char text[N]{};
    constexpr fixed_string(const char (&s)[N]) { std::copy_n(s, N, text); }
};
struct sentence {  // a text that is written while compiling
    char text[120]{};
    constexpr sentence& add(const char* s) {
        for (char* end = std::find(text, text + 119, '\0'); *s && end != text + 119;) *end++ = *s++;
        return *this;
    }
    constexpr sentence& add(int n) {
        const char digit[2] = {static_cast<char>('0' + n % 10), '\0'};
        return n < 10 ? add(digit) : add(n / 10).add(digit);
    }
};
template <int Rows, int Columns> struct matrix {};
struct invalid {};
constexpr sentence product_error(int r, int k, int l, int c) {
    return sentence{}.add("inner sizes ").add(k).add(" and ").add(l).add(" differ: matmul cannot multiply (")
        .add(r).add(", ").add(k).add(") by (").add(l).add(", ").add(c).add(")");
}
template <int R, int K, int L, int C, sentence shape_error = product_error(R, K, L, C)>
    requires(K != L)
invalid matmul(matrix<R, K>, matrix<L, C>) = delete;

// With -DMISTAKE, the first line of `main` multiplies x by V. g++ 12 says this and nothing else:
//   error: use of deleted function 'invalid matmul(matrix<R, K>, matrix<L, C>) [with int R = 4; int K = 3; int L = 4;
//   int C = 1; sentence shape_error = sentence{"inner sizes 3 and 4 differ: matmul cannot multiply (4, 3) by (4, 1)"}]'

// --- Part 2. Hash-consing -------------------------------------------------------------------------------------------
// If a type contained its operands' types, each `h + h` would double the length of its name. So it contains a hash, and
// what was hashed (operation, name, operands) hangs on it by a friend function: `expr` declares `definition`, `define`
// provides it. Same content, same hash, same type: sharing costs nothing. Two contents with one hash would define one
// function twice: an error of the compiler, never a wrong network.
enum class op { leaf, constant, add, sub, mul, matmul, transpose, tanh };
using hash = std::uint64_t;
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wnon-template-friend"  // one function for each type is just what we want
#endif
template <int Rows, int Columns, hash Id> struct expr : matrix<Rows, Columns> {
    static constexpr hash id = Id;
    friend constexpr auto definition(expr);
};
template <op Operation, fixed_string Name, class... Operands> struct content {};
template <class Expr, class Content> struct define {
    static constexpr Expr made{};
    friend constexpr auto definition(Expr) { return Content{}; }
};
template <int R, int C, op Operation, fixed_string Name = "", class... Operands> constexpr auto make(Operands...) {
    constexpr hash id = [] {
        hash h = 14695981039346656037u;
        const auto mix = [&](hash v) { h = (h ^ v) * 0x9E3779B97F4A7C15u, h ^= h >> 29; };
        for (int v : {static_cast<int>(Operation), R, C}) mix(static_cast<hash>(v));
        for (char c : Name.text) mix(static_cast<hash>(c));
        (mix(Operands::id), ...);
        return h;
    }();
    return define<expr<R, C, id>, content<Operation, Name, Operands...>>::made;
}
template <fixed_string Name, int R, int C> constexpr auto leaf = make<R, C, op::leaf, Name>();

// Operations deduce the shapes. R in two places means: these two sizes must be equal.
template <int R, int C, hash A, hash B>
constexpr auto operator-(expr<R, C, A> a, expr<R, C, B> b) { return make<R, C, op::sub>(a, b); }
template <int R, int C, hash A, hash B>
constexpr auto operator+(expr<R, C, A> a, expr<R, C, B> b) { return make<R, C, op::add>(a, b); }
template <int R, int K, int C, hash A, hash B>
constexpr auto matmul(expr<R, K, A> a, expr<K, C, B> b) { return make<R, C, op::matmul>(a, b); }
template <int R, int C, hash A> constexpr auto tanh(expr<R, C, A> a) { return make<R, C, op::tanh>(a); }
template <int R, int C, hash A> constexpr auto transpose(expr<R, C, A> a) { return make<C, R, op::transpose>(a); }

// Our network: two inputs and a column of ones (it does the work of a bias), four hidden units, one output.
constexpr auto x = leaf<"x", 4, 3>;  // four examples
constexpr auto y = leaf<"y", 4, 1>;
constexpr auto W = leaf<"W", 3, 4>;
constexpr auto V = leaf<"V", 4, 1>;
constexpr auto error = tanh(matmul(tanh(matmul(x, W)), V)) - y;
constexpr auto loss = matmul(transpose(error), error);  // the sum of the squares
static_assert(std::is_same_v<decltype(matmul(x, W)), decltype(matmul(leaf<"x", 4, 3>, leaf<"W", 3, 4>))>);
template <int Times, class E> constexpr auto doubled(E e) {
    if constexpr (Times == 0) return e; else return doubled<Times - 1>(e + e);
}

// --- Part 3. From types to values -----------------------------------------------------------------------------------
// A graph is an array of nodes, operands before their users. After `lower` there are no templates any more. `make` is
// hash-consing for values (plain search will do here): an equal node is not made twice.
using place = std::size_t;
constexpr place none = ~place{0};
struct node {
    op operation = op::leaf;
    place a = none, b = none;  // of the operands
    int rows = 1, columns = 1;
    double value = 0;            // of a constant: all its elements
    const char* name = nullptr;  // of a leaf
    friend constexpr bool operator==(const node&, const node&) = default;
};
struct graph {
    std::vector<node> nodes;
    std::vector<std::pair<hash, place>> lowered;  // the types that are here already
    constexpr bool is(place i, op o) const { return nodes[i].operation == o; }
    constexpr bool is_constant(place i) const { return is(i, op::constant); }
    constexpr bool is_scaled(place i) const { return is(i, op::mul) && is_constant(nodes[i].a); }
    constexpr place make(const node& n) {
        const auto old = std::find(nodes.begin(), nodes.end(), n);
        if (old != nodes.end()) return static_cast<place>(old - nodes.begin());
        nodes.push_back(n);
        return nodes.size() - 1;
    }
    constexpr place constant(double v, node as) { return make({op::constant, none, none, as.rows, as.columns, v}); }
    constexpr place same_shape(op o, place a, place b) { return make({o, a, b, nodes[a].rows, nodes[a].columns}); }
    // One function for each operation. Where they make no new node, they keep the formulas of part 4 short.
    constexpr place sub(place a, place b) { return same_shape(op::sub, a, b); }
    constexpr place add(place a, place b) { return a == b ? mul(constant(2, nodes[a]), a) : same_shape(op::add, a, b); }
    constexpr place mul(place a, place b) {  // element by element
        if (is_constant(b) && !is_constant(a)) return mul(b, a);
        if (is_constant(a) && nodes[a].value == 1) return b;
        if (is_constant(a) && is_constant(b)) return constant(nodes[a].value * nodes[b].value, nodes[a]);
        if (is_constant(a) && is_scaled(b)) return mul(mul(a, nodes[b].a), nodes[b].b);
        if (is_scaled(a)) return mul(nodes[a].a, mul(nodes[a].b, b));
        return same_shape(op::mul, a, b);
    }
    constexpr place matmul(place a, place b) {
        constexpr node one{op::constant, none, none, 1, 1, 1};
        if (nodes[a] == one || nodes[b] == one) return nodes[a] == one ? b : a;
        return make({op::matmul, a, b, nodes[a].rows, nodes[b].columns});
    }
    constexpr place transpose(place a) {
        return is(a, op::transpose) ? nodes[a].a : make({op::transpose, a, none, nodes[a].columns, nodes[a].rows});
    }
};
template <int R, int C, hash Id> constexpr place lower(graph& g, expr<R, C, Id> e) {
    for (const auto& [id, old] : g.lowered) if (id == Id) return old;  // or `doubled<60>` is visited 2^60 times
    const auto make = [&]<op Operation, fixed_string Name, class... Operands>(content<Operation, Name, Operands...>) {
        const place at[] = {lower(g, Operands{})..., none, none};
        return g.make({Operation, at[0], at[1], R, C, 0, Operation == op::leaf ? Name.text : nullptr});
    };
    g.lowered.emplace_back(Id, make(definition(e)));
    return g.lowered.back().second;
}

// --- Part 4. The chain rule -----------------------------------------------------------------------------------------
// All of calculus is `gradient_by`: d is the gradient of the loss by node i; the result is the gradient by one of its
// operands, made of the same operations, so it can be printed, run and differentiated like anything else. `gradients`
// walks backwards once: when it comes to a node, all users of the node have given their share.
constexpr place gradient_by(graph& g, place i, bool first, place d) {
    const node n = g.nodes[i];
    switch (n.operation) {
        case op::add: return d;
        case op::sub: return first ? d : g.mul(g.constant(-1, n), d);
        case op::mul: return g.mul(d, first ? n.b : n.a);
        case op::matmul: return first ? g.matmul(d, g.transpose(n.b)) : g.matmul(g.transpose(n.a), d);
        case op::transpose: return g.transpose(d);
        case op::tanh: return g.mul(d, g.sub(g.constant(1, n), g.mul(i, i)));
        default: return none;
    }
}
constexpr std::vector<place> gradients(graph& g, place of, std::vector<place> by) {
    std::vector<char> wanted(of + 1, 0);  // does the node depend on one of `by`? Else nobody needs its gradient
    for (place leaf : by) wanted[leaf] = 1;
    for (place i = 0; i <= of; ++i)
        for (place operand : {g.nodes[i].a, g.nodes[i].b}) if (operand != none && wanted[operand]) wanted[i] = 1;
    std::vector<place> d(of + 1, none);
    d[of] = g.constant(1, node{});
    for (place i = of + 1; i-- > 0;)
        for (bool first : {true, false}) {
            const place operand = first ? g.nodes[i].a : g.nodes[i].b;
            if (d[i] == none || operand == none || !wanted[operand]) continue;
            const place share = gradient_by(g, i, first, d[i]);
            d[operand] = d[operand] == none ? share : g.add(d[operand], share);
        }
    for (place& leaf : by) leaf = d[leaf] == none ? g.constant(0, g.nodes[leaf]) : d[leaf];
    return by;
}
int tightness(op o) { return o == op::add || o == op::sub ? 1 : o == op::mul || o == op::matmul ? 2 : 3; }
std::string formula(const graph& g, place i, const std::vector<std::string>& names) {
    const node& n = g.nodes[i];
    const auto part = [&](place k, int wanted) {  // an operand, in brackets where it would fall apart
        if (!names[k].empty()) return names[k];
        const bool whole = tightness(g.nodes[k].operation) >= wanted || (g.is(k, op::mul) && n.operation == op::mul);
        return whole ? formula(g, k, names) : "(" + formula(g, k, names) + ")";
    };
    switch (n.operation) {
        case op::leaf: return n.name;
        case op::constant: return std::to_string(static_cast<int>(n.value));  // ours are whole numbers
        case op::add: return part(n.a, 1) + " + " + part(n.b, 1);
        case op::sub: return part(n.a, 1) + " - " + part(n.b, 2);
        case op::mul: return part(n.a, 3) + " * " + part(n.b, 3);
        case op::matmul: return part(n.a, 3) + " " + part(n.b, 3);
        case op::transpose: return "transpose(" + part(n.a, 0) + ")";
        default: return "tanh(" + part(n.a, 0) + ")";
    }
}
// A line for each result and for each value that is used twice.
void print(const graph& g, const std::vector<std::pair<std::string, place>>& results) {
    std::vector<int> uses(g.nodes.size(), 0);
    for (const auto& result : results) uses[result.second] = 2;
    for (place i = g.nodes.size(); i-- > 0;)
        for (place operand : {g.nodes[i].a, g.nodes[i].b}) if (uses[i] > 0 && operand != none) ++uses[operand];
    std::vector<std::string> names(g.nodes.size());
    for (place i = 0, next = 1; i < g.nodes.size(); ++i) {
        if (uses[i] < 2 || g.nodes[i].a == none) continue;
        const auto same = std::find_if(results.begin(), results.end(), [i](const auto& r) { return r.second == i; });
        names[i] = same != results.end() ? same->first : "t" + std::to_string(next++);
        std::cout << "   " << names[i] << " = " << formula(g, i, names) << "\n";
    }
}

// --- Part 5. Run it -------------------------------------------------------------------------------------------------
// Plain loops over the array. All of it is constexpr, so the compiler can train the network.
constexpr double tanh_of(double t) {
    if (!std::is_constant_evaluated()) return std::tanh(t);
    const double s = std::clamp(t, -20.0, 20.0) / 512;
    double e = 1 + s * (1 + s / 2 * (1 + s / 3 * (1 + s / 4 * (1 + s / 5))));  // e^s; squared ten times, e^2t
    for (int i = 0; i < 10; ++i) e *= e;
    return 1 - 2 / (e + 1);
}
using values = std::vector<std::vector<double>>;  // of each node, row by row
constexpr double element(const graph& g, const values& v, const node& n, int k) {
    const double *const a = v[n.a].data(), *const b = n.b == none ? nullptr : v[n.b].data();
    const int row = k / n.columns, column = k % n.columns, inner = g.nodes[n.a].columns;
    double total = 0;
    switch (n.operation) {
        case op::add: return a[k] + b[k];
        case op::sub: return a[k] - b[k];
        case op::mul: return a[k] * b[k];
        case op::tanh: return tanh_of(a[k]);
        case op::transpose: return a[column * inner + row];
        case op::matmul: for (int j = 0; j < inner; ++j) total += a[row * inner + j] * b[j * n.columns + column]; break;
        default: break;  // leaves and constants have their values
    }
    return total;
}
struct trained { double first_loss, last_loss; };
constexpr trained train(int steps) {
    graph g;
    const place l = lower(g, loss), w1 = lower(g, W), w2 = lower(g, V);
    const std::vector<place> d = gradients(g, l, {w1, w2});
    values v;
    for (const node& n : g.nodes) v.emplace_back(static_cast<std::size_t>(n.rows * n.columns), n.value);
    v[lower(g, x)] = {0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1};
    v[lower(g, y)] = {0, 1, 1, 0};
    v[w1] = {0.9, -0.7, 0.6, 0.3, -0.8, 1.0, 0.7, 0.4, 0.1, -0.2, 0.3, 1.1};
    v[w2] = {0.8, 0.9, -0.6, 0.5};
    trained t{};
    for (int step = 0; step < steps; ++step) {
        for (place i = 0; i < v.size(); ++i)
            for (std::size_t k = 0; k < v[i].size() && g.nodes[i].a != none; ++k)
                v[i][k] = element(g, v, g.nodes[i], static_cast<int>(k));
        (step == 0 ? t.first_loss : t.last_loss) = v[l][0];
        for (std::size_t j = 0; j < v[w1].size(); ++j) v[w1][j] -= 0.1 * v[d[0]][j];
        for (std::size_t j = 0; j < v[w2].size(); ++j) v[w2][j] -= 0.1 * v[d[1]][j];
    }
    return t;
}
constexpr trained in_compiler = train(50);
static_assert(in_compiler.last_loss < 0.1, "XOR is learnt while the compiler runs");

int main() {
#ifdef MISTAKE
    matmul(x, V);
#endif
    std::cout << "1. x W is (4, 4), and x V does not compile.\n";
    graph big, g, h;
    lower(big, doubled<60>(x));
    std::cout << "2. x doubled 60 times: 2^60 leaves if written out, " << big.nodes.size() << " nodes hash-consed.\n";
    const place l = lower(g, loss);
    std::cout << "3. The loss is " << g.nodes.size() << " nodes:\n";
    print(g, {{"loss", l}});
    const std::vector<place> d = gradients(g, l, {lower(g, W), lower(g, V)});
    std::cout << "4. Its gradients make it " << g.nodes.size() << ":\n";
    print(g, {{"dW", d[0]}, {"dV", d[1]}});
    constexpr auto u = leaf<"u", 1, 1>;  // and a gradient of a gradient
    const place f = lower(h, tanh(u)), df = gradients(h, f, {lower(h, u)})[0];
    print(h, {{"f", f}, {"f'", df}, {"f''", gradients(h, df, {lower(h, u)})[0]}});
    const trained t = train(2000);
    std::cout << "5. The loss was " << in_compiler.first_loss << ", after 50 steps in the compiler "
              << in_compiler.last_loss << ", after 2000 steps in this program " << t.last_loss << ".\n";
    return t.last_loss < 0.001 ? 0 : 1;
}
