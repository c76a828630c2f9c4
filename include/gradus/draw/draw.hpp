// SPDX-License-Identifier: BSL-1.0
// Formulas and pictures of typed expressions: the functions of draw/ for what a student has at hand.
#pragma once
#include <gradus/calculus/graph_of.hpp>
#include <gradus/draw/formula.hpp>
#include <gradus/draw/pictures.hpp>
#include <gradus/draw/render.hpp>
#include <gradus/draw/table.hpp>
#include <iosfwd>

namespace gradus {

/// An expression as a formula that a person would write: "transpose(softmax(z) - y) x / batch".
template <class S, std::uint64_t I, int N> std::string text(expr<S, I, N> e, const formula_options& options = {}) {
    const run_time_graph g = run_time_graph_of(e);
    return text(g, g.outputs[0].node, options);
}

/// The same in LaTeX.
template <class S, std::uint64_t I, int N> std::string latex(expr<S, I, N> e, const formula_options& options = {}) {
    const run_time_graph g = run_time_graph_of(e);
    return latex(g, g.outputs[0].node, options);
}

/// `std::cout << loss` prints the formula.
template <class Char, class Traits, class S, std::uint64_t I, int N>
std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, expr<S, I, N> e) {
    return out << text(e).c_str();
}

inline std::string text(invalid, const formula_options& = {}) { return {}; }
inline std::string latex(invalid, const formula_options& = {}) { return {}; }

/// The picture of a graph as DOT text: with its gradients mirrored below, if it has any, else as an expression.
inline std::string dot(graph_view g, const picture_options& options = {}) {
    for (const node& n : g.nodes)
        if (n.gradient_of != no_node) return draw_forward_gradient(g, options);
    return draw_expression(g, options);
}

/// Writes that picture to a file: `save_dot("loss.dot", graph_of(loss, dW))`.
inline void save_dot(const std::string& path, graph_view g, const picture_options& options = {}) {
    save_dot(path, dot(g, options));
}

}  // namespace gradus
