// SPDX-License-Identifier: BSL-1.0
// The picture of an expression: the result on top, operands below, the operations in one straight spine, and the leaves
// that one operation uses beside it. Layers are frames.
#pragma once
#include <gradus/draw/picture.hpp>

namespace gradus {

namespace drawing {

/// A shape with one dimension in bold, and that by its whole name: N×<B>64</B>, 3×<B>hidden=10</B>.
inline std::string shape_with_clash(const dims& d, int clash) {
    if (d.rank <= 0) return dot_text::html(short_shape(d));
    std::string out;
    for (int i = 0; i < d.rank; ++i) {
        sentence whole;
        const std::string one = dot_text::html(i == clash ? (whole << d[i]).view() : short_shape({d[i]}));
        out += (i > 0 ? "×" : "") + (i == clash ? "<B>" + one + "</B>" : one);
    }
    return out;
}

/// How a node stands in the picture of a mistake: as it should, faulty itself, or above something faulty.
enum class standing : std::uint8_t { sound, faulty, untyped };

/// A node of the picture that is none of the graph: the card of a mistake, a layer of a chain that was never applied.
struct extra_node {
    std::string name;
    dot_attributes look;
};
struct extra_edge {
    std::string from, to;
    dot_attributes look;
};

/// What the picture of a mistake shows beside the graph.
struct mistake_marks {
    std::vector<standing> of;               ///< each node
    std::vector<std::string> words;         ///< what a node is called, where the operation does not say it
    std::vector<std::string> tips;          ///< of what is not sound
    std::vector<std::array<int, 3>> clash;  ///< the dimension of each operand that clashes, or -1
    std::vector<extra_node> nodes;
    std::vector<extra_edge> edges;  ///< also from nodes of the graph, as "n7"
    std::vector<std::vector<std::string>> rows;  ///< extra nodes that stand side by side
    std::string title;                           ///< in HTML
};

class expression_picture {
  public:
    expression_picture(graph_view g, int output, const picture_options& o, const mistake_marks* marks = nullptr)
        : g_(g), options_(o), marks_(marks), users_(g), needed_(at(g.size()), 0), uses_(at(g.size()), 0) {
        for (std::size_t i = 0; i < g.outputs.size(); ++i)
            if (output < 0 || i == static_cast<std::size_t>(output)) roots_.push_back(g.outputs[i].node);
        if (roots_.empty() && g.size() > 0) roots_.push_back(g.size() - 1);
        for (node_id r : roots_) needed_[at(r)] = 1;
        for (node_id i = g.size(); i-- > 0;) {
            if (!needed_[at(i)]) continue;
            for (std::size_t k = 0; k < g[i].uses().size(); ++k) {
                if (hides(i, k)) continue;
                const node_id operand = base(g[i].operands[k]);
                needed_[at(operand)] = 1;
                ++uses_[at(operand)];
                last_user_.resize(at(g.size()), no_node);
                last_user_[at(operand)] = i;
            }
        }
        last_user_.resize(at(g.size()), no_node);
        fold_to_budget();
        names_ = name_values(g, std::vector<char>(at(g.size()), 0), leaf_names::brief);
        value_names_ = name_values(g, needed_, leaf_names::brief, notation::unicode);
        ids_ = svg_ids(g);
        find_spine();
        find_places();
    }

    std::string draw() {
        dot_legend legend;
        for (node_id i = 0; i < g_.size(); ++i) {
            if (!needed_[at(i)]) continue;
            legend_for(legend, i);
        }
        dot_attributes graph{{"nodesep", "0.45"}, {"ordering", "out"}, {"rankdir", "TB"}, {"ranksep", "0.34"}};
        set_title(graph, options_, options_.legend ? legend.table(options_.colours, 4) : "");
        if (marks_) {
            const std::string font = "<FONT POINT-SIZE=\"15\" COLOR=\"" + std::string(clash_ink) + "\">";
            graph.set("labelloc", "t").set(html_label(font + marks_->title + "</FONT>"));
        }
        dot_writer w(marks_ ? "mistake" : "expression", options_.colours, std::move(graph));
        draw_layer(w, -1);
        for (node_id i = g_.size(); i-- > 0;)
            if (needed_[at(i)]) draw_edges(w, i);
        if (marks_) draw_extras(w);
        if (cut_) {
            w.plain_node("more", {{"class", "more"},
                                  {"fontcolor", std::string(w.colours().free)},
                                  {"label", "⋮ " + std::to_string(cut_) + " more nodes"}});
        }
        return w.finish();
    }

  private:
    standing stands(node_id i) const { return marks_ ? marks_->of[at(i)] : standing::sound; }
    bool is_root(node_id i) const {
        for (node_id r : roots_)
            if (r == i) return true;
        return false;
    }
    /// Views that an edge shows: a transpose as ᵀ, a stretch as 3 ⇒ N×3.
    bool is_on_edge(node_id i) const {
        return !is_root(i) && stands(i) == standing::sound && !is_gradient(g_, i) &&
               (is_transpose(g_[i]) || g_[i].is(op::broadcast));
    }
    node_id base(node_id i) const {
        while (is_on_edge(i)) i = g_[i].operands[0];
        return i;
    }
    /// Operands that the label tells: the 2 of a square.
    bool hides(node_id i, std::size_t k) const {
        const node& n = g_[i];
        if (n.is(op::pow) && k == 1 && g_[n.operands[1]].is(op::constant)) return true;
        return n.is(op::mul) && k == 1 && n.operands[0] == n.operands[1];
    }
    /// What lies deepest below the result is left out where the picture would be too large to lay out.
    void fold_to_budget() {
        int drawn = 0;
        for (node_id i = g_.size(); i-- > 0;) {
            if (!needed_[at(i)]) continue;
            if (drawn < options_.max_nodes) {
                ++drawn;
            } else {
                needed_[at(i)] = 0;
                ++cut_;
            }
        }
    }
    void find_spine() {
        std::vector<int> depth(at(g_.size()), 0);
        spine_.assign(at(g_.size()), 0);
        for (node_id i = 0; i < g_.size(); ++i)
            for (node_id operand : g_[i].uses())
                if (depth[at(operand)] + 1 > depth[at(i)]) depth[at(i)] = depth[at(operand)] + 1;
        for (node_id i = roots_.empty() ? no_node : roots_[0]; i != no_node;) {
            spine_[at(i)] = 1;
            node_id next = no_node;
            for (std::size_t k = 0; k < g_[i].uses().size(); ++k) {
                if (hides(i, k)) continue;
                const node_id operand = base(g_[i].operands[k]);
                if (g_[operand].is(op::constant) || !needed_[at(operand)]) continue;
                if (next == no_node || depth[at(operand)] > depth[at(next)]) next = operand;
            }
            i = next;
        }
    }
    /// The operand of `i` that goes below it; the other leaves go beside it.
    node_id below(node_id i) const {
        node_id best = no_node;
        for (std::size_t k = 0; k < g_[i].uses().size(); ++k) {
            if (hides(i, k)) continue;
            const node_id operand = base(g_[i].operands[k]);
            if (g_[operand].is(op::constant)) continue;
            if (best == no_node || (g_[best].is_leaf() && !g_[operand].is_leaf())) best = operand;
        }
        return best;
    }
    bool beside(node_id i) const {
        if (!g_[i].is_leaf() || g_[i].is(op::constant) || uses_[at(i)] != 1) return false;
        const node_id user = last_user_[at(i)];
        return user != no_node && below(user) != i;
    }
    /// The frame of each node: the innermost layer that gets one.
    void find_places() {
        place_.assign(at(g_.size()), -1);
        framed_.assign(g_.layers.size(), 0);
        std::vector<int> inside(g_.layers.size(), 0);
        for (node_id i = 0; i < g_.size(); ++i)
            if (needed_[at(i)] && !g_[i].is(op::constant))
                for (int l = g_[i].layer; l >= 0; l = g_.layers[at(l)].parent) ++inside[at(l)];
        for (std::size_t l = 0; l < g_.layers.size(); ++l) framed_[l] = g_.layers[l].name != nullptr && inside[l] > 1;
        const auto frame = [&](int layer) {
            while (layer >= 0 && !framed_[at(layer)]) layer = g_.layers[at(layer)].parent;
            return layer;
        };
        for (node_id i = g_.size(); i-- > 0;) {
            if (!needed_[at(i)]) continue;
            place_[at(i)] = frame(g_[i].layer);
            if (beside(i)) place_[at(i)] = place_[at(last_user_[at(i)])];
        }
    }
    std::string dot_name(node_id i) const { return "n" + std::to_string(i); }
    std::string constant_name(node_id user, std::size_t k) const {
        return "c" + std::to_string(user) + "_" + std::to_string(k);
    }
    bool is_loss(node_id i) const {
        if (is_root(i) && stands(i) == standing::untyped) return g_[i].is(op::mean) || g_[i].is(op::sum);
        return is_root(i) && g_[i].shape.rank == 0 && stands(i) == standing::sound;
    }

    void legend_for(dot_legend& legend, node_id i) const {
        const role r = role_of(g_, i, is_loss(i));
        if (r != role::operation && r != role::constant) legend.add(r);
        const node& n = g_[i];
        if (n.arity > 1 && !info(n.operation).commutative && !hides(i, 1)) legend.add("①②", "operand order");
        for (std::size_t k = 0; k < n.uses().size(); ++k) {
            if (hides(i, k)) continue;
            if (stretches(i, k)) legend.add("╌╌", "broadcast");
            if (g_[base(n.operands[k])].is(op::constant)) legend.add(role::constant);
        }
        if (uses_[at(i)] > 1 && !g_[i].is(op::constant)) legend.add("×2", "used twice");
    }
    bool stretches(node_id user, std::size_t k) const {
        if (stands(user) != standing::sound) return false;
        const node_id operand = base(g_[user].operands[k]);
        if (g_[operand].is(op::constant)) return false;
        if (g_[g_[user].operands[k]].is(op::broadcast)) return true;
        return info(g_[user].operation).what == kind::elementwise && !same_sizes(g_[operand].shape, g_[user].shape);
    }

    void draw_layer(dot_writer& w, int layer) {
        for (node_id i = g_.size(); i-- > 0;)
            if (needed_[at(i)] && place_[at(i)] == layer) draw_node(w, i);
        // Rows: an operation with the leaves and constants beside it.
        for (node_id i = g_.size(); i-- > 0;) {
            if (!needed_[at(i)] || place_[at(i)] != layer || g_[i].is_leaf()) continue;
            std::vector<std::string> row{dot_name(i)};
            for (std::size_t k = 0; k < g_[i].uses().size(); ++k) {
                if (hides(i, k)) continue;
                const node_id operand = base(g_[i].operands[k]);
                if (g_[operand].is(op::constant)) {
                    draw_constant(w, i, k, operand);
                    row.push_back(constant_name(i, k));
                } else if (beside(operand) && needed_[at(operand)]) {
                    row.push_back(dot_name(operand));
                }
            }
            w.same_rank(row);
        }
        for (std::size_t l = 0; l < g_.layers.size(); ++l) {
            if (!framed_[l] || enclosing(static_cast<int>(l)) != layer) continue;
            const layer_entry& entry = g_.layers[l];
            const std::string path = layer_path(g_, static_cast<int>(l));
            std::string label = dot_text::html(entry.name);
            if (entry.type && std::string_view(entry.type) != entry.name) label += "  " + dot_text::html(entry.type);
            w.open_cluster(std::to_string(l),
                           {{"class", "layer"},
                            {"fontsize", "12"},
                            {"id", "layer-" + dot_text::id(path)},
                            html_label(label),
                            {"labeljust", "r"},
                            {"labelloc", "t"},
                            {"margin", "12"},
                            {"style", "rounded,dashed"},
                            {"tooltip", "layer " + path + (entry.type ? std::string(" ") + entry.type : "")}});
            draw_layer(w, static_cast<int>(l));
            w.close_cluster();
        }
    }
    int enclosing(int layer) const {
        do layer = g_.layers[at(layer)].parent;
        while (layer >= 0 && !framed_[at(layer)]);
        return layer;
    }

    void draw_node(dot_writer& w, node_id i) {
        const node& n = g_[i];
        if (n.is(op::constant) && !is_root(i)) return;
        const role r = role_of(g_, i, is_loss(i));
        std::string label;
        if (n.is(op::constant)) {
            label = bold(constant_text(g_, i));
        } else if (n.is_leaf()) {
            label = bold(spell(names_[at(i)], notation::unicode));
            if (n.is(op::input)) label += is_target(g_, users_, i) ? "  target" : "  input";
        } else {
            label = is_loss(i) ? (roots_.size() == 1 ? "<B>L</B>  " + dot_text::html(words_for(g_, n).word)
                                                     : bold(words_for(g_, n).word))
                               : op_label(g_, n);
        }
        if (marks_ && !marks_->words[at(i)].empty()) label = bold(marks_->words[at(i)]);
        if (stands(i) == standing::faulty)  // no sign: × beside ✗ would not be read
            label = "<B>✗</B>  " + (marks_->words[at(i)].empty() ? bold(words_for(g_, n).word) : label);
        if (uses_[at(i)] > 1) label += "  " + small("×" + std::to_string(uses_[at(i)]));
        dot_attributes own{{"height", "0.4"},
                           {"id", ids_[at(i)]},
                           html_label(label),
                           {"margin", r == role::loss ? "0.1,0.02" : "0.13,0.05"}};
        // In terms of its operands: the whole formula would be written again at every level.
        if (n.is_leaf() && last_user_[at(i)] != no_node && stands(last_user_[at(i)]) == standing::faulty)
            own.set("color", clash_ink).set("penwidth", "3");
        if (stands(i) == standing::sound)
            own.set("tooltip", tooltip(g_, i, n.is_leaf() ? std::string() : value_writer_.write(i)));
        else
            set_standing(own, i, r);
        if (spine_[at(i)]) own.set("group", "spine");
        if (uses_[at(i)] > 1) own.set(n.is_leaf() ? "penwidth" : "peripheries", n.is_leaf() ? "3" : "2");
        w.node(dot_name(i), r, std::move(own));
    }
    void draw_constant(dot_writer& w, node_id user, std::size_t k, node_id i) {
        w.node(constant_name(user, k), role::constant,
               {{"fontsize", "11"},
                {"height", "0.3"},
                {"id", constant_name(user, k)},
                html_label(dot_text::html(constant_text(g_, i))),
                {"margin", "0.08,0.03"},
                {"tooltip", "constant " + constant_text(g_, i)},
                {"width", "0.3"}});
    }
    void draw_edges(dot_writer& w, node_id i) {
        static constexpr const char* circled[] = {"①", "②", "③"};
        const node& n = g_[i];
        for (std::size_t k = 0; k < n.uses().size(); ++k) {
            if (hides(i, k)) continue;
            const node_id direct = n.operands[k];
            const node_id operand = base(direct);
            const bool constant = g_[operand].is(op::constant);
            if (!constant && !needed_[at(operand)]) continue;
            const bool orders = n.arity > 1 && !info(n.operation).commutative && !hides(i, 1);
            const bool stretch = stretches(i, k);
            std::string label = orders && !constant ? std::string(circled[k]) : "";
            if (options_.show == label_style::shapes && !constant) {
                const std::string own = short_shape(g_[operand].shape);
                const std::string wide = short_shape(g_[direct].is(op::broadcast) ? g_[direct].shape : n.shape);
                label += (label.empty() ? "" : " ") + own + (stretch ? " ⇒ " + wide : "");
            }
            bool turned = false;
            std::string turned_label;
            for (node_id v = direct; v != operand; v = g_[v].operands[0]) turned = turned != is_transpose(g_[v]);
            if (turned) turned_label = dot_text::html(label.empty() ? " " : label) + small(" ᵀ", "14");
            const bool flat = constant || beside(operand);
            dot_attributes own{{"class", stretch ? "broadcast" : "fwd"}, {"dir", "back"}};
            if (turned)
                own.set(html_label(flat ? turned_label : "  " + turned_label));
            else if (!label.empty())
                own.set("label", flat ? label : "  " + label);
            if (stretch) own.set("style", "dashed");
            if (spine_[at(i)] && spine_[at(operand)]) own.set("weight", "100");
            if (stands(i) == standing::faulty && !constant)
                set_clash(own, i, k, orders, turned, flat);
            else if (stands(operand) != standing::sound)
                own.set("class", untyped_look.name).set("style", "dashed");
            own.set("tooltip", "operand " + std::to_string(k + 1) + ": " + shape_text(g_[operand].shape) +
                                   (turned ? ", transposed" : "") +
                                   (stretch ? ", broadcast to " + shape_text(n.shape) : ""));
            w.edge(dot_name(i), constant ? constant_name(i, k) : dot_name(operand), std::move(own));
        }
    }

    /// The looks of a faulty node, or of one above it.
    void set_standing(dot_attributes& own, node_id i, role r) const {
        const bool faulty = stands(i) == standing::faulty;
        const role_style& s = faulty ? mistake_look : untyped_look;
        own.set("class", s.name).set("color", s.border).set("fillcolor", s.fill).set("fontcolor", s.ink);
        own.set("style", r == role::loss ? "filled,dashed" : std::string(s.style));
        own.set("tooltip", marks_->tips[at(i)]);
        if (faulty) own.set("penwidth", "3");
    }
    /// An edge to a faulty node: its operand's shape, with the size that clashes in bold.
    void set_clash(dot_attributes& own, node_id i, std::size_t k, bool orders, bool turned, bool flat) const {
        static constexpr const char* circled[] = {"①", "②", "③"};
        const dims& shape = g_[base(g_[i].operands[k])].shape;
        int clash = marks_->clash[at(i)][k];
        if (turned && clash >= 0) clash = shape.rank - 1 - (clash - (shape.rank - 2));
        own.set("class", mistake_look.name).set("color", clash_line).set("fontcolor", clash_ink);
        own.set("penwidth", "2.6");
        own.set(html_label((flat ? "" : "  ") + (orders ? std::string(circled[k]) + " " : "") +
                           shape_with_clash(shape, clash) + (turned ? small(" ᵀ", "14") : "")));
    }
    void draw_extras(dot_writer& w) const {
        for (const extra_node& n : marks_->nodes) w.plain_node(n.name, n.look);
        for (const std::vector<std::string>& row : marks_->rows) w.same_rank(row);
        for (const extra_edge& e : marks_->edges) w.edge(e.from, e.to, e.look);
    }

    graph_view g_;
    picture_options options_;
    const mistake_marks* marks_;
    user_lists users_;
    std::vector<node_id> roots_;
    std::vector<char> needed_;
    std::vector<int> uses_;
    std::vector<node_id> last_user_;
    std::vector<value_name> names_;
    std::vector<value_name> value_names_;
    formula_writer value_writer_{g_, notation::unicode, value_names_};
    std::vector<std::string> ids_;
    std::vector<char> spine_;
    std::vector<int> place_;
    std::vector<char> framed_;
    int cut_ = 0;
};

}  // namespace drawing

/// The expression of one output (-1: of all of them) as DOT: operations, leaves, layers as frames, shapes on the edges.
///
///     save_dot("loss.dot", draw_expression(graph_of(loss)));
inline std::string draw_expression(graph_view g, const picture_options& options = {}, int output = 0) {
    return drawing::expression_picture(g, output, options).draw();
}

}  // namespace gradus
