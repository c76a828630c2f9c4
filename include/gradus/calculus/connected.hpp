// SPDX-License-Identifier: BSL-1.0
// What must hold in a network as a whole, and the sentences where it does not: one leaf for each name, one size for
// each named dimension, a way for the gradient. Plain functions over graphs; grad, compile and train ask here.
#pragma once
#include <gradus/calculus/rules.hpp>
#include <gradus/expr/checked.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 9 "gradus/calculus/connected.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

// The end of a refused overload that is about the network and not about two shapes: as GRADUS_REFUSED, with other fixed
// words for clang, chosen by words of the sentence.
#if defined(GRADUS_DRAW_ERRORS) || !defined(__clang__) || \
    (defined(__cpp_static_assert) && __cpp_static_assert >= 202306L)
#define GRADUS_REFUSED_NETWORK(error) GRADUS_REFUSED(error)
#define GRADUS_REFUSED_MISPLACED(error, words) GRADUS_REFUSED(error)
#else
#define GRADUS_REFUSED_MISPLACED(error, words)                                                                      \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((           \
        diagnose_if(error.has("the layer"), words ", not a layer: call the layer with its input, fc1(x)", "error"), \
        diagnose_if(true, words ", and this is none", "error"))) _Pragma("clang diagnostic pop")
#define GRADUS_REFUSED_NETWORK(error)                                                                                \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((            \
        diagnose_if(error.has("both called"), "one name, two sizes: give one dimension another name", "error"),      \
        diagnose_if(error.has(" in one network"), "one name stands for two leaves: rename one of them", "error"),    \
        diagnose_if(error.has("stops it"), "no gradient gets there: an operation on the way is flat", "error"),      \
        diagnose_if(error.has("the loss first"), "the loss stands first: write grad(loss, W)", "error"),             \
        diagnose_if(error.has("scalar loss"), "a scalar loss is needed: take its mean or sum first", "error"),       \
        diagnose_if(error.has("does not contain"), "no gradient: the loss does not contain this", "error"),          \
        diagnose_if(error.has("0 parameters"), "the loss has no parameters: there is nothing to train", "error"),    \
        diagnose_if(error.has("no parameter is"), "no parameter has this name: see its letters in braces", "error"), \
        diagnose_if(error.has("is not given"), "an input is not given: write x = a tensor for each input", "error"), \
        diagnose_if(error.has("given twice"), "an input is given twice", "error"),                                   \
        diagnose_if(error.has("has no input"), "the program has no such input", "error"),                            \
        diagnose_if(error.has("dimensions given"), "the tensor has another number of dimensions", "error"),          \
        diagnose_if(error.has("xt::cast"), "the numbers would change silently: write xt::cast, or compile<double>",  \
                    "error"),                                                                                        \
        diagnose_if(error.has("an xtensor is"), "an xtensor is wanted: of a std::vector write xt::adapt", "error"),  \
        diagnose_if(error.has("here and"), "the input has another shape in the program", "error"),                   \
        diagnose_if(error.has(""), "an input by name wanted: write x = a tensor", "error")))                         \
    _Pragma("clang diagnostic pop")
#endif

namespace gradus {

template <class Definition> struct layer;

namespace detail {

/// How many letters must change to make one name the other.
constexpr std::size_t spelling_distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, 128> row{};
    if (b.size() >= row.size()) return a == b ? 0 : row.size();
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            row[j] = change < row[j] + 1 ? change : row[j] + 1;
            if (row[j - 1] + 1 < row[j]) row[j] = row[j - 1] + 1;
        }
    }
    return row[b.size()];
}

/// A leaf's full name, "fc1.weight".
constexpr sentence& write_leaf_name(sentence& s, graph_view g, const node& leaf) {
    bool first = true;
    visit_path(g, leaf.layer, leaf.name, [&](std::string_view part) {
        s << (first ? "" : ".") << part;
        first = false;
    });
    return s;
}

/// The leaf of one kind whose name is spelt most like `name`, or `no_node`.
constexpr node_id nearest_leaf(graph_view g, op kind, std::string_view name) {
    node_id best = no_node;
    std::size_t least = 0;
    for (node_id i = 0; i < g.size(); ++i) {
        if (!g[i].is(kind)) continue;
        sentence full;
        write_leaf_name(full, g, g[i]);
        const std::size_t d = spelling_distance(full.view(), name);
        if (best == no_node || d < least) {
            best = i;
            least = d;
        }
    }
    return best;
}

/// Writes `W (10, 64)`.
constexpr sentence& write_leaf(sentence& s, graph_view g, node_id leaf) {
    return write_leaf_name(s, g, g[leaf]) << " " << g[leaf].shape;
}
/// Writes "; the nearest is W (10, 64)", if there is a leaf of that kind.
constexpr void write_nearest(sentence& s, graph_view g, op kind, std::string_view name) {
    const node_id near = nearest_leaf(g, kind, name);
    if (near != no_node) write_leaf(s << "; the nearest is ", g, near);
}
/// Writes a size that may be known only when the program runs.
constexpr sentence& write_size(sentence& s, std::int64_t n) { return n == symbolic ? s << "any number" : s << n; }

/// Says which two leaves cannot be in one network.
constexpr void blame_clash(fault& f, graph_view g, const leaf_clash& clash) {
    const node& a = g[clash.first];
    const node& b = g[clash.second];
    if (clash.dimension != nullptr) {
        const auto size = [&](const dims& d, std::int64_t other_than) {
            for (int i = 0; i < d.rank; ++i)
                if (d[i].name == clash.dimension && d[i].size != other_than) return d[i].size;
            return other_than;
        };
        f.first = size(a.shape, 0);
        f.second = size(b.shape, f.first);
        write_size(write_size(f.why, f.first) << " and ", f.second)
            << " are both called " << std::string_view(clash.dimension) << ": in ";
        write_leaf(write_leaf(f.why, g, clash.first) << " and in ", g, clash.second)
            << "; give one of the dimensions another name";
        return;
    }
    if (a.operation != b.operation) {
        f.second = 1;
        write_leaf_name(f.why, g, a) << " is an input and a parameter in one network; give one of them another name";
        return;
    }
    f.first = a.shape.rank;
    f.second = b.shape.rank;
    bool sizes = false;
    for (int i = 0; a.shape.rank == b.shape.rank && i < a.shape.rank && !sizes; ++i) {
        sizes = a.shape[i].size != b.shape[i].size;
        if (!sizes) continue;
        f.first = a.shape[i].size;
        f.second = b.shape[i].size;
    }
    if (sizes || f.first != f.second)
        write_size(write_size(f.why, f.first) << " and ", f.second) << (sizes ? "" : " dimensions") << " differ: ";
    else
        f.why << "the names of dimensions differ: ";
    write_leaf_name(f.why, g, a) << " is " << a.shape << " and " << b.shape << " in one network; ";
    int owner = a.layer;
    while (owner >= 0 && g.layers[static_cast<std::size_t>(owner)].name == nullptr)
        owner = g.layers[static_cast<std::size_t>(owner)].parent;
    if (owner >= 0)
        f.why << "two layers are called " << std::string_view(g.layers[static_cast<std::size_t>(owner)].name)
              << ", give one another name";
    else
        f.why << "give one of them another name";
}

/// Whether an operation passes the gradient on to its operand k (as its rule does: tests/calculus/connected.cpp).
constexpr bool passes_gradient(op o, int k) {
    return info(o).differentiable && !(o == op::where && k == 0) && !(o == op::cross_entropy && k == 1);
}
/// Marks the nodes that the gradient of `loss` reaches.
constexpr growing<char> reached_by_gradient(graph_view g, node_id loss) {
    growing<char> reached(static_cast<std::size_t>(g.size()), 0);
    reached[static_cast<std::size_t>(loss)] = 1;
    for (node_id i = loss; i >= 0; --i) {
        const node& n = g[i];
        if (!reached[static_cast<std::size_t>(i)]) continue;
        for (int k = 0; k < n.arity; ++k)
            if (passes_gradient(n.operation, k))
                reached[static_cast<std::size_t>(n.operands[static_cast<std::size_t>(k)])] = 1;
    }
    return reached;
}
/// The last operation on the way from `by` to the loss through which no gradient goes, or `no_node`.
constexpr node_id where_gradient_stops(graph_view g, node_id loss, node_id by) {
    const growing<char> reached = reached_by_gradient(g, loss);
    growing<char> above(static_cast<std::size_t>(g.size()), 0);
    above[static_cast<std::size_t>(by)] = 1;
    for (node_id i = by + 1; i <= loss; ++i)
        for (node_id operand : g[i].uses())
            if (above[static_cast<std::size_t>(operand)]) above[static_cast<std::size_t>(i)] = 1;
    for (node_id i = loss; i > by; --i)
        for (int k = 0; k < g[i].arity; ++k)
            if (reached[static_cast<std::size_t>(i)] && !passes_gradient(g[i].operation, k) &&
                above[static_cast<std::size_t>(g[i].operands[static_cast<std::size_t>(k)])])
                return i;
    return no_node;
}
/// Continues "no gradient reaches W (10, 64): " with the operation that stops it, and what has a gradient instead.
constexpr void write_stop(sentence& s, op stop) {
    s << std::string_view(info(stop).name) << " stops it, being flat";
    switch (stop) {
        case op::argmax:
            s << "; train with softmax, and take argmax of the finished scores";
            break;
        case op::sign:
            s << "; write tanh(x) for a soft sign";
            break;
        case op::where:
            s << " in its condition; a soft choice is p * a + (1 - p) * b with p = sigmoid(x)";
            break;
        case op::cross_entropy:
            s << " in its class indices; give probabilities of shape (batch, classes) as the target";
            break;
        case op::less:
        case op::less_equal:
        case op::greater:
        case op::greater_equal:
            s << "; write sigmoid(a - b) for a soft comparison";
            break;
        default:
            s << "; leave it out, or take no gradient here";
            break;
    }
}

/// What stands where a function of whole networks wants an expression: a number, text, a tensor, or a layer without its
/// input. Only of these is it said; whatever else is called by the same name is none of our business.
template <class T> inline constexpr bool is_misplaced = std::is_arithmetic_v<T> || requires(const T& t) {
    t.shape();
    t.dimension();
};
template <std::size_t N> inline constexpr bool is_misplaced<char[N]> = true;
template <class D> inline constexpr bool is_misplaced<layer<D>> = true;
template <class T> inline constexpr const char* name_of_layer = nullptr;
template <class D>
inline constexpr const char* name_of_layer<layer<D>> = D::name != nullptr ? D::name : static_cast<const char*>(D::type);

/// Expressions and, among them, something that is none.
template <class... T>
inline constexpr bool are_misplaced = (is_misplaced<T> || ...) && ((is_misplaced<T> || is_expression<T>)&&...);

/// "compile takes expressions, the layer fc1 is given; write compile(fc1(x))"
template <class... T> constexpr sentence misplaced(std::string_view function, std::string_view instead) {
    sentence s;
    s << function << " takes expressions, ";
    const char* layer = nullptr;
    const char* what = nullptr;
    [[maybe_unused]] const auto look = [&]<class A>(const A*) {
        if (what != nullptr || !is_misplaced<A>) return;
        layer = name_of_layer<A>;
        what = std::is_arithmetic_v<A> ? "a number" : std::is_array_v<A> ? "a text" : "a tensor";
    };
    (look(static_cast<const T*>(nullptr)), ...);
    if (layer != nullptr)
        return s << "the layer " << std::string_view(layer) << " is given; write " << function << "("
                 << std::string_view(layer) << "(x))";
    return s << std::string_view(what) << " is given; write " << instead;
}

}  // namespace detail

}  // namespace gradus
