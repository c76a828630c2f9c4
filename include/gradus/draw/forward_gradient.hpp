// SPDX-License-Identifier: BSL-1.0
// The picture of both passes, mirrored: every ∂L/∂v stands in the column of its v. Four lanes: parameters, values, the
// gradients of values, the gradients of parameters. Every value has a column of its own, so that any graph makes a
// grid.
#pragma once
#include <gradus/draw/picture.hpp>

namespace gradus {

namespace drawing {

class mirror_picture {
  public:
    mirror_picture(graph_view g, const picture_options& o)
        : g_(g),
          options_(o),
          users_(g),
          gradients_(g, users_),
          drawn_(at(g.size()), 0),
          column_(at(g.size()), -1),
          owner_(at(g.size()), no_node),
          gradient_(at(g.size()), no_node) {
        forward_part part(g, gradients_);
        forward_ = std::move(part.needed);
        results_ = std::move(part.results);
        choose_values();
        choose_gradients();
        names_ = name_values(g, drawn_, leaf_names::brief, notation::unicode);
        ids_ = svg_ids(g);
        upright_ = columns_.size() > 10;
    }

    std::string draw() {
        formula_writer writer(g_, notation::unicode, names_, true);
        std::vector<value_name> forward_names = names_;
        for (node_id i : shared_) forward_names[at(i)] = {};
        formula_writer forward_writer(g_, notation::unicode, forward_names, true);
        formulas_.resize(at(g_.size()));
        for (node_id i = 0; i < g_.size(); ++i)
            if (drawn_[at(i)] && !g_[i].is_leaf())
                formulas_[at(i)] = (forward_[at(i)] ? forward_writer : writer).write(i);
        for (const output& o : g_.outputs)
            if (o.assigned_to != no_node) updates_.emplace_back(o.assigned_to, writer.write(o.node));

        // Statements are collected first, because the legend stands in the head of the file.
        dot_attributes graph{{"nodesep", upright_ ? "0.3" : "0.36"},
                             {"rankdir", upright_ ? "TB" : "LR"},
                             {"ranksep", upright_ ? "0.34" : "0.4"}};
        set_title(graph, options_, options_.legend ? make_legend() : "");
        dot_writer w("fwdgrad", options_.colours, std::move(graph));
        draw_lane_names(w);
        draw_columns(w);
        collect_forward_edges(w);
        collect_backward_edges(w);
        order_lanes(w);
        for (edge& e : edges_) w.edge(e.from, e.to, std::move(e.attributes));
        return w.finish();
    }

  private:
    struct column {
        node_id value = no_node;         ///< the value, or the input that starts the row
        std::vector<node_id> leaves;     ///< above it
        std::vector<node_id> gradients;  ///< below it: of the value, and helpers
        std::vector<node_id> parameter_gradients;
        bool seed = false;
        bool alias = false;  ///< the gradient is that of the next sum
    };

    struct edge {
        std::string from, to;
        dot_attributes attributes;
    };
    /// An invisible edge, unless the two are joined by one that is seen: a second one would bend it.
    void order(dot_writer& w, const std::string& from, const std::string& to, std::string_view weight = "1") const {
        for (const edge& e : edges_)
            if (e.from == from && e.to == to) return;
        w.invisible(from, to, weight);
    }

    static std::string dot_name(node_id i) { return "n" + std::to_string(i); }
    static std::string alias_name(node_id i) { return "a" + std::to_string(i); }

    bool is_result(node_id i) const {
        for (node_id r : results_)
            if (r == i) return true;
        return false;
    }
    bool is_loss(node_id i) const { return g_[i].shape.rank == 0 && is_result(i); }

    /// The one forward user of a value, or `no_node`.
    node_id only_user(node_id i) const {
        node_id found = no_node;
        for (node_id u : users_.of(i)) {
            if (!forward_[at(u)] || u == found) continue;
            if (found != no_node) return no_node;
            found = u;
        }
        return found;
    }
    /// Values that their user's formula shows: views, and the inside of a loss: mean((ŷ − y)²).
    bool is_folded(node_id i) const {
        if (is_result(i)) return false;
        const node& n = g_[i];
        if (n.is(op::constant) || is_transpose(n) || n.is(op::broadcast)) return true;
        const node_id user = only_user(i);
        if (user == no_node || is_prediction(g_, users_, i)) return false;
        const auto reduces_to_scalar = [&](node_id u) {
            return u != no_node && g_[u].shape.rank == 0 && info(g_[u].operation).what == kind::reduction;
        };
        const bool outer = is_loss_of_rows(n.operation) || is_square(g_, i) || n.is(op::abs) || n.is(op::pow);
        if (outer) return reduces_to_scalar(user);
        if (!n.is(op::sub)) return false;
        return (is_square(g_, user) || g_[user].is(op::abs)) && reduces_to_scalar(only_user(user));
    }

    void choose_values() {
        std::vector<node_id> values;
        for (node_id i = 0; i < g_.size(); ++i)
            if (forward_[at(i)] && !g_[i].is_leaf() && !is_folded(i)) values.push_back(i);
        // Up to five things stand in a column.
        const std::size_t most = static_cast<std::size_t>(options_.max_nodes > 10 ? options_.max_nodes / 5 : 2);
        if (values.size() > most) {
            std::vector<node_id> coarse;
            for (node_id v : values) {
                bool ends_layer = is_result(v);
                for (const layer_entry& l : g_.layers) ends_layer = ends_layer || l.to == v;
                if (ends_layer) coarse.push_back(v);
            }
            dropped_ = values.size() - coarse.size();
            values = std::move(coarse);
        }
        if (values.size() > most) {
            dropped_ += values.size() - most;
            values.erase(values.begin() + static_cast<std::ptrdiff_t>(most / 2),
                         values.end() - static_cast<std::ptrdiff_t>(most - most / 2));
        }
        for (node_id v : values) drawn_[at(v)] = 1;

        std::vector<node_id> found;
        for (node_id v : values) {
            found.clear();
            leaves_below(v, found);
            std::vector<node_id> own;
            for (node_id leaf : found) {
                if (drawn_[at(leaf)]) continue;
                drawn_[at(leaf)] = 1;
                // The first input starts the row; everything else stands above its first user.
                if (columns_.empty() && g_[leaf].is(op::input) && !is_target(g_, users_, leaf)) {
                    columns_.push_back({});
                    columns_.back().value = leaf;
                    column_[at(leaf)] = 0;
                } else {
                    own.push_back(leaf);
                }
            }
            for (node_id leaf : own) column_[at(leaf)] = static_cast<int>(columns_.size());
            column_[at(v)] = static_cast<int>(columns_.size());
            columns_.push_back({});
            columns_.back().value = v;
            columns_.back().leaves = std::move(own);
        }
    }
    void leaves_below(node_id v, std::vector<node_id>& found) const {
        for (node_id d : needs(v))
            if (g_[d].is_leaf()) found.push_back(d);
    }

    bool is_shared(node_id i) const {
        for (node_id s : shared_)
            if (s == i) return true;
        return false;
    }
    /// What a drawn node is computed from, through everything that is not drawn: drawn nodes and leaves, in order.
    std::vector<node_id> needs(node_id i) const {
        std::vector<node_id> out;
        std::vector<node_id> open(g_[i].uses().rbegin(), g_[i].uses().rend());
        std::vector<node_id> seen;
        while (!open.empty() && seen.size() < 4096) {
            const node_id n = open.back();
            open.pop_back();
            bool again = false;
            for (node_id s : seen) again = again || s == n;
            if (again || g_[n].is(op::constant)) continue;
            seen.push_back(n);
            if ((drawn_[at(n)] && !(forward_[at(i)] && is_shared(n))) || g_[n].is_leaf())
                out.push_back(n);
            else
                open.insert(open.end(), g_[n].uses().rbegin(), g_[n].uses().rend());
        }
        return out;
    }

    void choose_gradients() {
        // Who owns a gradient: the value, unless that is inside a folded loss; then the prediction.
        for (node_id i = 0; i < g_.size(); ++i) {
            node_id of = gradients_.owner[at(i)];
            // ŷ − y is inside the loss, and it is the error of the prediction: it is shown as that, too.
            const bool shared = forward_[at(i)] && !is_gradient(g_, i) && !drawn_[at(i)] && !g_[i].is_leaf();
            if (of == no_node || (forward_[at(i)] && !shared)) continue;
            if (!drawn_[at(of)] && g_[of].is(op::sub) && g_[g_[of].operands[0]].shape == g_[of].shape)
                of = g_[of].operands[0];
            if (drawn_[at(of)]) {
                owner_[at(i)] = of;
                drawn_[at(i)] = 1;
                if (shared) {
                    shared_.push_back(i);
                    forward_[at(i)] = 0;
                }
                if (gradient_[at(of)] == no_node) gradient_[at(of)] = i;
            }
        }
        // Results that are neither a value, nor a gradient, nor an update are drawn, and so is what two gradients
        // share.
        for (const output& o : g_.outputs)
            if (o.assigned_to == no_node && !forward_[at(o.node)] && !g_[o.node].is_leaf()) drawn_[at(o.node)] = 1;
        std::vector<int> uses(at(g_.size()), 0);
        std::vector<char> live(at(g_.size()), 0);
        for (const output& o : g_.outputs) live[at(o.node)] = 1;
        for (node_id i = g_.size(); i-- > 0;) {
            if (!live[at(i)]) continue;
            for (node_id operand : g_[i].uses()) {
                live[at(operand)] = 1;
                if (!forward_[at(i)]) ++uses[at(operand)];
            }
        }
        for (node_id i = 0; i < g_.size(); ++i) {
            if (!live[at(i)] || forward_[at(i)] || drawn_[at(i)] || g_[i].is_leaf() || uses[at(i)] < 2) continue;
            const node& n = g_[i];
            if (is_scaled_constant(g_, i) || n.is(op::permute) || n.is(op::broadcast) || dropped_ > 0) continue;
            if (info(n.operation).tightness == binding::comparison && g_[n.operands[1]].is(op::constant)) continue;
            drawn_[at(i)] = 1;
        }
        std::vector<int> wanted_by(at(g_.size()), -1);
        for (node_id i = g_.size(); i-- > 0;) {
            if (!drawn_[at(i)] || forward_[at(i)] || g_[i].is_leaf()) continue;
            // What several gradients share stands as far left as those let it, because they are computed to the left.
            int c = owner_[at(i)] != no_node ? column_[at(owner_[at(i)])] : wanted_by[at(i)];
            const std::vector<node_id> from = needs(i);
            if (c < 0)
                for (node_id d : from)
                    if (column_[at(d)] > c) c = column_[at(d)];
            if (c < 0) c = 0;
            if (columns_.empty()) columns_.push_back({});
            column_[at(i)] = c;
            for (node_id d : from)
                if (c > wanted_by[at(d)]) wanted_by[at(d)] = c;
            const node_id of = owner_[at(i)];
            const bool of_leaf = of != no_node && g_[of].is_leaf();
            (of_leaf ? columns_[at(c)].parameter_gradients : columns_[at(c)].gradients).push_back(i);
            has_gradients_ = true;
        }
        for (column& c : columns_) {
            if (c.value == no_node) continue;
            c.seed = has_gradients_ && !results_.empty() && c.value == results_[0] && is_loss(c.value);
            has_seed_ = has_seed_ || c.seed;
            const node_id of = gradients_.of[at(c.value)];
            c.alias = !g_[c.value].is_leaf() && gradients_.alias[at(c.value)] && of != no_node && drawn_[at(of)] &&
                      owner_[at(of)] != c.value && !forward_[at(of)];
        }
    }

    std::string make_legend() const {
        dot_legend legend;
        bool alias = false;
        for (const column& c : columns_) {
            alias = alias || c.alias;
            for (node_id leaf : c.leaves) legend.add(role_of(g_, leaf, false));
            if (c.value == no_node) continue;
            const role r = role_of(g_, c.value, is_loss(c.value));
            if (r != role::operation) legend.add(r);
        }
        if (has_gradients_) {
            legend.add(role::gradient);
            if (alias) legend.add(role::alias);
            bool scaled = false;
            for (node_id i = 0; i < g_.size(); ++i)
                scaled = scaled || (owner_[at(i)] != no_node && gradients_.scaled[at(i)]);
            if (scaled) legend.add("∝", "but for a constant");
            legend.add("→", "forward", look(options_.colours).free);
            legend.add("⇠", "backward", look(options_.colours).backward);
            legend.add("┈▷", "value kept for backward");
        }
        return legend.table(options_.colours, upright_ ? 5 : 12);
    }

    /// The lid of a cylinder takes the room of the first line.
    static std::string head_room(role r) {
        return look(r).shape == "cylinder" ? small(" ", "5") + "<BR/>" : std::string();
    }
    std::string shape_line(node_id i) const {
        return options_.show == label_style::shapes ? "<BR/>" + small(dot_text::html(short_shape(g_[i].shape))) : "";
    }
    std::string shown(const std::string& formula) const {
        // Sixty characters: wider nodes push the columns apart until nobody can read them.
        std::size_t end = 0;
        std::size_t n = 0;
        const std::string whole = dot_text::repaired(formula);
        while (end < whole.size() && n < 60) {
            ++end;
            while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80) ++end;
            ++n;
        }
        return dot_text::html(end < whole.size() ? whole.substr(0, end) + "…" : whole, 400);
    }
    /// "∂L/∂z₁" for a gradient, the name for everything else.
    std::string heading(node_id i) const {
        const node_id of = owner_[at(i)];
        if (forward_[at(i)] || of == no_node) return spell(names_[at(i)], notation::unicode);
        const std::string by = spell(names_[at(of)], notation::unicode);
        const bool first = gradient_[at(of)] == i;
        if (gradients_.scaled[at(i)]) return spell(names_[at(i)], notation::unicode) + " ∝ ∂L/∂" + by;
        return (names_[at(of)].derivative > 0 ? "∂L/∂(" + by + ")" : "∂L/∂" + by) + (first ? "" : "′");
    }

    std::vector<std::string> lane_names() const {
        bool leaves = false;
        bool parameters = false;
        bool gradients = false;
        for (const column& c : columns_) {
            leaves = leaves || !c.leaves.empty();
            gradients = gradients || !c.gradients.empty() || c.seed || c.alias;
            parameters = parameters || !c.parameter_gradients.empty();
        }
        std::vector<std::string> out;
        if (leaves) out.emplace_back("t1");
        out.emplace_back("t2");
        if (gradients) out.emplace_back("t3");
        if (parameters) out.emplace_back("t4");
        return out;
    }
    void draw_lane_names(dot_writer& w) const {
        const std::vector<std::string> lanes = lane_names();
        for (const std::string& lane : lanes) {
            const char* const words = lane == "t1"   ? "parameters"
                                      : lane == "t2" ? "forward"
                                      : lane == "t3" ? "backward"
                                                     : "parameter\ngradients";
            w.plain_node(lane, {{"class", "lane"},
                                {"fontcolor", std::string(w.colours().free)},
                                {"fontsize", "11"},
                                {"id", "lane-" + lane},
                                {"label", words}});
        }
        w.same_rank(lanes);
        for (std::size_t i = 1; i < lanes.size(); ++i) w.invisible(lanes[i - 1], lanes[i]);
    }

    /// The nodes of a column from the first lane to the last.
    std::vector<std::string> members(const column& c) const {
        std::vector<std::string> out;
        for (node_id leaf : c.leaves) out.push_back(dot_name(leaf));
        if (c.value != no_node) out.push_back(dot_name(c.value));
        for (const std::string& s : lane3(c)) out.push_back(s);
        for (node_id p : c.parameter_gradients) out.push_back(dot_name(p));
        return out;
    }
    std::vector<std::string> lane3(const column& c) const {
        std::vector<std::string> out;
        if (c.alias) out.push_back(alias_name(c.value));
        if (c.seed) out.emplace_back("seed");
        for (node_id i : c.gradients) out.push_back(dot_name(i));
        return out;
    }

    void draw_columns(dot_writer& w) const {
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const column& c = columns_[k];
            for (node_id leaf : c.leaves) draw_leaf(w, leaf);
            if (c.value != no_node) {
                if (g_[c.value].is_leaf())
                    draw_leaf(w, c.value);
                else
                    draw_value(w, c.value);
            }
            if (c.alias) {
                const node_id of = gradients_.of[at(c.value)];
                const std::string own = spell(names_[at(c.value)], notation::unicode);
                w.node(
                    alias_name(c.value), role::alias,
                    {{"id", "alias-" + ids_[at(c.value)]},
                     html_label(bold("∂L/∂" + own) + "<BR/>" +
                                small(dot_text::html((gradients_.scaled[at(of)] ? "∝ " : "= ") +
                                                     spell(names_[at(of)], notation::unicode)),
                                      "11")),
                     {"margin", "0.1,0.05"},
                     {"tooltip", "the same node as #" + std::to_string(of) + ": a sum passes its gradient through"}});
            }
            if (c.seed)
                w.node("seed", role::gradient,
                       {{"id", "seed"},
                        html_label(bold("∂L/∂L") + " = 1<BR/>" + small("seed")),
                        {"margin", "0.1,0.05"},
                        {"tooltip", "the gradient of the loss by itself"}});
            for (node_id i : c.gradients) draw_gradient(w, i);
            for (node_id i : c.parameter_gradients) draw_gradient(w, i);
            w.same_rank(members(c));
        }
        if (dropped_ > 0)
            w.plain_node("more", {{"class", "more"},
                                  {"fontcolor", std::string(w.colours().free)},
                                  {"id", "more"},
                                  {"label", std::to_string(dropped_) + " more values are not drawn"}});
    }
    /// Keeps the lanes in order inside each column, and straight along the row.
    void order_lanes(dot_writer& w) const {
        if (columns_.empty()) return;
        for (const column& c : columns_) {
            const std::vector<std::string> all = members(c);
            for (std::size_t i = 1; i < all.size(); ++i) order(w, all[i - 1], all[i]);
        }
        if (columns_[0].value != no_node) w.invisible("t2", dot_name(columns_[0].value), "50");
        std::string last1;
        std::string last3;
        std::string last4;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const column& c = columns_[k];
            if (k + 1 < columns_.size()) order(w, dot_name(c.value), dot_name(columns_[k + 1].value), "50");
            if (!c.leaves.empty()) {
                order(w, last1.empty() ? "t1" : last1, dot_name(c.leaves[0]), last1.empty() ? "9" : "5");
                last1 = dot_name(c.leaves[0]);
            }
            const std::vector<std::string> lane = lane3(c);
            if (!lane.empty()) {
                order(w, last3.empty() ? "t3" : last3, lane[0], last3.empty() ? "9" : "30");
                last3 = lane[0];
            }
            if (!c.parameter_gradients.empty()) {
                const std::string here = dot_name(c.parameter_gradients[0]);
                order(w, last4.empty() ? "t4" : last4, here, last4.empty() ? "9" : "20");
                last4 = here;
            }
        }
    }
    void draw_leaf(dot_writer& w, node_id i) const {
        const role r = role_of(g_, i, false);
        w.node(dot_name(i), r,
               {{"height", "0.5"},
                {"id", ids_[at(i)]},
                html_label(head_room(r) + bold(spell(names_[at(i)], notation::unicode)) + shape_line(i)),
                {"margin", "0.1,0.05"},
                {"tooltip", tooltip(g_, i, "")}});
    }
    void draw_value(dot_writer& w, node_id i) const {
        const role r = is_gradient(g_, i) ? role::operation : role_of(g_, i, is_loss(i));
        w.node(dot_name(i), r,
               {{"height", "0.5"},
                {"id", ids_[at(i)]},
                html_label(bold(heading(i)) + " = " + shown(formulas_[at(i)]) + shape_line(i)),
                {"margin", r == role::loss ? "0.02,0.02" : "0.1,0.05"},
                {"tooltip", tooltip(g_, i, spell(names_[at(i)], notation::unicode) + " = " + formulas_[at(i)])}});
    }
    void draw_gradient(dot_writer& w, node_id i) const {
        const node_id of = owner_[at(i)];
        const role r = of == no_node ? role::operation : g_[of].is_leaf() ? role::parameter_gradient : role::gradient;
        std::string label = head_room(r) + bold(heading(i)) + "<BR/>" + small(shown(formulas_[at(i)]), "11");
        if (of == no_node) label = bold(heading(i)) + " = " + shown(formulas_[at(i)]);
        label += shape_line(i);
        for (const auto& [parameter, formula] : updates_)
            if (parameter == of)
                label += "<BR/>" + small(shown(spell(names_[at(of)], notation::unicode) + " ← " + formula), "11");
        w.node(dot_name(i), r,
               {{"id", ids_[at(i)]},
                html_label(label),
                {"margin", r == role::parameter_gradient ? "0.1,0.05" : "0.12,0.05"},
                {"tooltip", tooltip(g_, i, heading(i) + " = " + formulas_[at(i)])}});
    }

    void collect_forward_edges(const dot_writer& w) {
        for (const column& c : columns_) {
            if (c.value == no_node || g_[c.value].is_leaf()) continue;
            for (node_id d : needs(c.value)) {
                if (column_[at(d)] < 0) continue;
                dot_attributes own{{"class", "fwd"}, {"tooltip", shape_text(g_[d].shape)}};
                const bool next = column_[at(d)] + 1 == column_[at(c.value)];
                if (next && !(g_[d].is_leaf() && columns_[at(column_[at(d)])].value != d)) own.set("weight", "50");
                edges_.push_back({dot_name(d), dot_name(c.value), std::move(own)});
            }
        }
        for (const column& c : columns_) {
            if (!c.seed) continue;
            edges_.push_back({dot_name(c.value), "seed", backward(w, {})});
        }
    }
    static dot_attributes backward(const dot_writer& w, dot_attributes own) {
        return own.set("class", "bwd").set("color", w.colours().backward).set("penwidth", "1.7").set("style", "dashed");
    }
    /// A backward edge, declared from left to right so that both passes share one ranking.
    void backward_edge(const dot_writer& w, const std::string& from, int from_column, const std::string& to,
                       int to_column, bool straight) {
        if (from_column > to_column) {
            dot_attributes own{{"dir", "back"}};
            for (int k = to_column + 1; k < from_column; ++k) straight = straight && lane3(columns_[at(k)]).empty();
            if (straight) own.set("weight", "50");
            edges_.push_back({to, from, backward(w, std::move(own))});
        } else if (from_column == to_column) {
            edges_.push_back({from, to, backward(w, {})});
        } else {
            edges_.push_back({from, to, backward(w, {{"constraint", "false"}})});
        }
    }
    void collect_backward_edges(const dot_writer& w) {
        int seed_column = -1;
        for (std::size_t k = 0; k < columns_.size(); ++k)
            if (columns_[k].seed) seed_column = static_cast<int>(k);
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const column& c = columns_[k];
            if (!c.alias) continue;
            const node_id of = gradients_.of[at(c.value)];
            backward_edge(w, dot_name(of), column_[at(of)], alias_name(c.value), static_cast<int>(k), true);
        }
        for (const column& c : columns_) {
            std::vector<node_id> all = c.gradients;
            all.insert(all.end(), c.parameter_gradients.begin(), c.parameter_gradients.end());
            for (node_id i : all) {
                const int here = column_[at(i)];
                const bool lane4 = owner_[at(i)] != no_node && g_[owner_[at(i)]].is_leaf();
                bool fed = false;
                for (node_id d : needs(i)) {
                    if (column_[at(d)] < 0) continue;
                    if (forward_[at(d)]) {
                        // Declared along the ranking too: against it, dot has put parameters on the wrong side.
                        const bool back = column_[at(d)] > here;
                        dot_attributes own{{"arrowsize", "0.65"},
                                           {"class", "reuse"},
                                           {"constraint", "false"},
                                           {"style", "dotted"},
                                           {"tooltip", "kept for the backward pass"}};
                        own.set(back ? "arrowtail" : "arrowhead", "onormal");
                        if (back) own.set("dir", "back");
                        edges_.push_back({dot_name(back ? i : d), dot_name(back ? d : i), std::move(own)});
                        continue;
                    }
                    fed = true;
                    // Where the column has an alias of what is needed, the flow passes through it.
                    const column* through = &columns_[at(here)];
                    if (!through->alias || gradients_.of[at(through->value)] != d) through = nullptr;
                    for (std::size_t k = at(here) + 1; !through && k < at(column_[at(d)]) && column_[at(d)] > here; ++k)
                        if (columns_[k].alias && gradients_.of[at(columns_[k].value)] == d) through = &columns_[k];
                    if (through)
                        backward_edge(w, alias_name(through->value), column_[at(through->value)], dot_name(i), here,
                                      !lane4);
                    else
                        backward_edge(w, dot_name(d), column_[at(d)], dot_name(i), here, !lane4);
                }
                const operation_info& row = info(g_[i].operation);
                const bool carries = owner_[at(i)] != no_node || row.what == kind::product ||
                                     row.what == kind::reduction || g_[i].is(op::mul) || g_[i].is(op::div) ||
                                     g_[i].is(op::sub);
                if (!fed && seed_column >= 0 && carries)
                    backward_edge(w, "seed", seed_column, dot_name(i), here, !lane4);
            }
        }
    }

    graph_view g_;
    picture_options options_;
    user_lists users_;
    gradient_map gradients_;
    std::vector<char> forward_;
    std::vector<char> drawn_;
    std::vector<int> column_;
    std::vector<node_id> owner_;     ///< gradient -> the drawn value or leaf that it belongs to
    std::vector<node_id> gradient_;  ///< value -> its drawn gradient
    std::vector<node_id> shared_;    ///< inside the loss and the error of a prediction at once
    std::vector<node_id> results_;
    std::vector<column> columns_;
    std::vector<value_name> names_;
    std::vector<std::string> ids_;
    std::vector<edge> edges_;
    std::vector<std::string> formulas_;
    std::vector<std::pair<node_id, std::string>> updates_;
    std::size_t dropped_ = 0;
    bool has_gradients_ = false;
    bool has_seed_ = false;
    bool upright_ = false;
};

}  // namespace drawing

/// Both passes as DOT: the values in one lane, their gradients mirrored below, each with its formula; a graph without
/// gradients gives the forward lanes alone. More than ten values run from top to bottom.
///
///     save_dot("passes.dot", draw_forward_gradient(graph_of(loss, grad(loss, W))));
inline std::string draw_forward_gradient(graph_view g, const picture_options& options = {}) {
    return drawing::mirror_picture(g, options).draw();
}

}  // namespace gradus
