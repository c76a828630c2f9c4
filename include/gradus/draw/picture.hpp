// SPDX-License-Identifier: BSL-1.0
// What all pictures of a graph share: their options, the role of each node, labels, tooltips and ids.
#pragma once
#include <gradus/draw/dot.hpp>
#include <gradus/draw/formula.hpp>

namespace gradus {

/// How much the labels say.
enum class label_style : std::uint8_t { names, shapes };

/// Options of every picture.
struct picture_options {
    std::string title{};  ///< empty: no title, except over the layers
    theme colours = theme::both;
    label_style show = label_style::shapes;
    bool legend = true;
    int max_nodes = 1500;      ///< dot takes minutes above some thousands; larger graphs are drawn more coarsely
    int bytes_per_number = 4;  ///< for the size of the parameters: 4 is float
};

namespace drawing {

/// The number of elements as text: "100 480", "64 N", "scalar" is 1.
inline std::string elements_text(const dims& d) {
    std::string out = grouped(d.fixed_elements(), "\u2009");
    for (int i = 0; i < d.rank; ++i)
        if (d[i].is_symbolic()) out += " " + short_shape({d[i]});
    return out;
}

/// The role of a node in a picture; `loss` tells whether it is a scalar result.
inline role role_of(graph_view g, node_id i, bool loss) {
    if (g[i].is(op::input)) return role::data;
    if (g[i].is(op::parameter)) return role::parameter;
    if (g[i].is(op::constant)) return role::constant;
    if (is_gradient(g, i)) return g[g[i].gradient_of].is(op::parameter) ? role::parameter_gradient : role::gradient;
    if (loss) return role::loss;
    return info(g[i].operation).activation ? role::activation : role::operation;
}

/// The id of each node in the SVG, the same in all pictures: a leaf's full name, "n7" for the rest.
inline std::vector<std::string> svg_ids(graph_view g) {
    std::vector<std::string> ids(at(g.size()));
    std::vector<std::string> taken{"diagram"};
    for (node_id i = 0; i < g.size(); ++i) {
        std::string own = "n" + std::to_string(i);
        if (g[i].is_leaf() && !g[i].is(op::constant)) {
            const std::string name = dot_text::id(full_name(g, i));
            bool clash = name.size() > 1 && name[0] == 'n' && all_digits(std::string_view(name).substr(1));
            for (const std::string& t : taken) clash = clash || t == name;
            own = clash ? name + "-" + own : name;
            taken.push_back(own);
        }
        ids[at(i)] = std::move(own);
    }
    return ids;
}

/// "#7 matmul : (batch, 3)", the formula, where it belongs, how many elements; never over 2,000 bytes.
inline std::string tooltip(graph_view g, node_id i, std::string_view formula) {
    const node& n = g[i];
    std::string out = "#" + std::to_string(i) + " " + std::string(info(n.operation).name);
    if (n.name) out += " " + dot_text::cut(full_name(g, i), 400);
    out += " : " + shape_text(n.shape);
    if (!formula.empty()) out += "\n" + dot_text::cut(dot_text::repaired(formula), 1000);
    out +=
        "\n" + elements_text(n.shape) + (n.shape.rank == 0 || elements_text(n.shape) == "1" ? " element" : " elements");
    if (n.layer >= 0) {
        const std::string path = layer_path(g, n.layer);
        const char* const type = g.layers[at(n.layer)].type;
        if (!path.empty() || type) out += "\nlayer " + dot_text::cut(path, 300) + (type ? std::string(" ") + type : "");
    }
    if (is_gradient(g, i)) {
        const node_id of = g[i].gradient_of;
        out += "\ngradient by #" + std::to_string(of);
        if (g[of].name) out += " " + dot_text::cut(full_name(g, of), 200);
    }
    return dot_text::cut(std::move(out), 2000);
}

/// The words and signs on an operation: "×" and "matmul". Equal ones are shown once.
struct op_words {
    std::string sign, word;
};
inline op_words words_for(graph_view g, const node& n) {
    if (n.is(op::pow) && g[n.operands[1]].is(op::constant)) {
        const std::string e = shortest(g[n.operands[1]].attrs.value);
        if (e == "2") return {"( )²", "square"};
        if (e.size() <= 3 && e.find('.') == std::string::npos && e.find('e') == std::string::npos && e != "nan" &&
            e != "inf")
            return {"( )" + superscript(e), "power"};
        return {"( )^" + e, "power"};
    }
    if (n.is(op::mul) && n.operands[0] == n.operands[1]) return {"( )²", "square"};
    if (is_transpose(n)) return {"ᵀ", "transpose"};
    const operation_info& row = info(n.operation);
    std::string word(row.name);
    for (char& c : word)
        if (c == '_') c = ' ';
    std::string sign(row.glyph);
    for (char& c : sign)
        if (c == '_') c = ' ';
    if (row.what == kind::reduction && n.attrs.axes != 0) {
        const dims& from = g[n.operands[0]].shape;
        if (n.attrs.axes != (1 << from.rank) - 1) {
            word += " over";
            for (int k = 0; k < from.rank; ++k)
                if (n.attrs.axes & (1 << k))
                    word += " " + (from[k].name ? std::string(from[k].name) : "axis " + std::to_string(k));
        }
    }
    return {sign, word};
}
inline std::string op_label(graph_view g, const node& n) {
    const op_words w = words_for(g, n);
    if (w.sign.empty() || w.word.compare(0, w.sign.size(), w.sign) == 0) return "<B>" + dot_text::html(w.word) + "</B>";
    return "<B>" + dot_text::html(w.sign) + "</B>  " + dot_text::html(w.word);
}

/// Whether an input is what a loss compares a result with.
inline bool is_target(graph_view g, const user_lists& users, node_id i) {
    if (!g[i].is(op::input)) return false;
    for (node_id u : users.of(i)) {
        if (is_loss_of_rows(g[u].operation) && g[u].operands[1] == i) return true;
        if (!g[u].is(op::sub)) continue;
        const node_id other = g[u].operands[0] == i ? g[u].operands[1] : g[u].operands[0];
        if (is_prediction(g, users, other)) return true;
    }
    return false;
}

/// The forward part of a graph: what the results need that are no gradients, and those results: the first output
/// (unless it is a gradient) and the others without a gradient in them. A graph of gradients alone: the values that
/// they are of.
struct forward_part {
    std::vector<char> needed;
    std::vector<node_id> results;

    forward_part(graph_view g, const gradient_map& gradients) : needed(at(g.size()), 0) {
        std::vector<char> backward(at(g.size()), 0);
        for (node_id i = 0; i < g.size(); ++i) {
            backward[at(i)] = is_gradient(g, i);
            for (node_id operand : g[i].uses()) backward[at(i)] = backward[at(i)] || backward[at(operand)];
        }
        bool first = true;
        for (const output& o : g.outputs) {
            if (o.assigned_to == no_node && (!backward[at(o.node)] || (first && !is_gradient(g, o.node)))) {
                needed[at(o.node)] = 1;
                results.push_back(o.node);
            }
            first = false;
        }
        bool any = !results.empty();
        for (node_id i = 0; i < g.size() && results.empty(); ++i) {
            const node_id of = gradients.owner[at(i)];
            if (of != no_node && !backward[at(of)]) needed[at(of)] = any = true;
        }
        if (!any)
            for (const output& o : g.outputs) needed[at(o.node)] = 1;
        for (node_id i = g.size(); i-- > 0;)
            if (needed[at(i)])
                for (node_id operand : g[i].uses()) needed[at(operand)] = 1;
    }
};

/// A constant as a diagram shows it: "1 / N", "−0.5".
inline std::string constant_text(graph_view g, node_id i) {
    const std::vector<value_name> none(at(i) + 1);
    graph_view head = g;
    head.nodes = g.nodes.first(at(i) + 1);
    return formula_writer(head, notation::unicode, none).write(i);
}

inline std::string small(const std::string& escaped, std::string_view size = "10") {
    return "<FONT POINT-SIZE=\"" + std::string(size) + "\">" + escaped + "</FONT>";
}
inline std::string bold(std::string_view text, std::size_t bytes = 80) {
    return "<B>" + dot_text::html(text, bytes) + "</B>";
}

/// The title over a picture, or nothing.
inline void set_title(dot_attributes& graph, const picture_options& o, const std::string& legend) {
    if (!legend.empty() && o.title.empty()) {
        graph.set(html_label(legend)).set("labelloc", "b");
    } else if (!o.title.empty()) {
        // One label for both: the title is its first row.
        const std::string title = "<FONT POINT-SIZE=\"17\"><B>" + dot_text::html(o.title) + "</B></FONT>";
        graph.set(html_label(legend.empty()
                                 ? title
                                 : "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\"><TR><TD>" +
                                       title + "</TD></TR><TR><TD>" + legend + "</TD></TR></TABLE>"));
        graph.set("labelloc", legend.empty() ? "t" : "b");
    }
}

}  // namespace drawing
}  // namespace gradus
