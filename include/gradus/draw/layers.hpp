// SPDX-License-Identifier: BSL-1.0
// The picture of a network's layers: one card per layer, with its parameters and its share of all parameters; what is
// written without layers gets small cards of its own. Three or more equal layers in a row are drawn once.
#pragma once
#include <gradus/draw/picture.hpp>

namespace gradus {

namespace drawing {

class layer_picture {
  public:
    layer_picture(graph_view g, const picture_options& o) : g_(g), options_(o), users_(g), unit_of_(at(g.size()), -1) {
        const gradient_map gradients(g, users_);
        forward_part part(g, gradients);
        forward_ = std::move(part.needed);
        results_ = std::move(part.results);
        names_ = name_values(g, std::vector<char>(at(g.size()), 0), leaf_names::brief, notation::unicode);
        ids_ = svg_ids(g);
        make_units();
        link();
        fold();
    }

    std::string draw() {
        dot_attributes graph{{"fontsize", "11"}, {"nodesep", "0.5"}, {"rankdir", "TB"}, {"ranksep", "0.34"}};
        std::string label = small(dot_text::html(totals()), "11") + "<BR/> ";
        if (!options_.title.empty())
            label = "<FONT POINT-SIZE=\"17\">" + bold(options_.title, 200) + "</FONT><BR/>" + label;
        graph.set(html_label(label)).set("labelloc", "t");
        dot_writer w("layers", options_.colours, std::move(graph));
        for (std::size_t i = 0; i < units_.size(); ++i)
            if (!units_[i].hidden && units_[i].frame < 0) draw_unit(w, i);
        for (std::size_t f = 0; f < runs_.size(); ++f) {
            if (runs_[f].period < 2) continue;
            w.open_cluster("run" + std::to_string(f),
                           {{"class", "run"},
                            {"fontsize", "13"},
                            {"id", "run-" + std::to_string(f)},
                            html_label("<B>× " + std::to_string(runs_[f].times) + "</B>"),
                            {"labeljust", "r"},
                            {"labelloc", "t"},
                            {"margin", "12"},
                            {"style", "rounded,dashed"},
                            {"tooltip", std::to_string(runs_[f].times) + " equal groups, one after the other"}});
            for (std::size_t i = 0; i < units_.size(); ++i)
                if (!units_[i].hidden && units_[i].frame == static_cast<int>(f)) draw_unit(w, i);
            w.close_cluster();
        }
        draw_edges(w);
        return w.finish();
    }

  private:
    enum class what : std::uint8_t { data, layer, operation, loss };
    struct unit {
        what kind = what::operation;
        int layer = -1;
        node_id out = no_node;            ///< its last value
        std::vector<node_id> parameters;  ///< in order
        std::vector<node_id> nodes;
        dims in;
        bool has_in = false;
        int times = 1;        ///< how many equal ones it stands for
        bool hidden = false;  ///< another one stands for it
        int frame = -1;       ///< the run of groups that it belongs to
        int stands_in = -1;   ///< the unit that is drawn for it
    };
    struct edge {
        int from, to;
        dims shape;
    };
    struct run {
        int start, period, times;
    };

    bool is_container(int layer) const {
        for (const layer_entry& l : g_.layers)
            if (l.parent == layer) return true;
        return false;
    }
    int new_unit(what kind, node_id i) {
        units_.push_back({});
        units_.back().kind = kind;
        units_.back().out = i;
        return static_cast<int>(units_.size()) - 1;
    }
    /// A node that has no unit of its own: a constant or a view of a leaf; it belongs to whoever uses it.
    bool is_carried(node_id i) const {
        const node_id b = below_views(g_, i);
        return g_[b].is(op::constant) || (b != i && g_[b].is(op::parameter)) ||
               (b != i && !g_[i].is_leaf() && !is_result(i));
    }
    bool is_result(node_id i) const {
        for (node_id r : results_)
            if (r == i) return true;
        return false;
    }

    void make_units() {
        std::vector<int> card(g_.layers.size(), -1);
        std::vector<char> container(g_.layers.size(), 0);
        for (std::size_t l = 0; l < g_.layers.size(); ++l) container[l] = is_container(static_cast<int>(l));
        // Losses first, from their results upwards.
        std::vector<int> loss_of(at(g_.size()), -1);
        int losses = 0;
        for (node_id i = g_.size(); i-- > 0;) {
            const node& n = g_[i];
            if (!forward_[at(i)] || n.is_leaf() || n.layer >= 0) continue;
            if (n.is(op::matmul) || info(n.operation).activation) continue;
            bool joins = false;
            int loss = -1;
            for (node_id u : users_.of(i)) {
                if (!forward_[at(u)]) continue;
                joins = loss_of[at(u)] >= 0 && (loss < 0 || loss == loss_of[at(u)]);
                loss = loss_of[at(u)];
                if (!joins) break;
            }
            if (letters_for(g_, i) == "z" && n.shape.rank > 0) continue;
            if (joins)
                loss_of[at(i)] = loss;
            else if (is_result(i) && n.shape.rank == 0)
                loss_of[at(i)] = losses++;
        }
        // A prediction is no part of the loss: what only rescales or adds values above it is, so this stops at targets.
        std::vector<int> loss_unit(at(losses), -1);
        for (node_id i = 0; i < g_.size(); ++i) {
            const node& n = g_[i];
            if (!forward_[at(i)] || n.is(op::parameter) || n.is(op::constant)) continue;
            int& u = unit_of_[at(i)];
            if (n.is(op::input)) {
                u = new_unit(what::data, i);
            } else if (loss_of[at(i)] >= 0) {
                int& unit = loss_unit[at(loss_of[at(i)])];
                if (unit < 0) unit = new_unit(what::loss, i);
                u = unit;
            } else if (n.layer >= 0 && !container[at(n.layer)]) {
                int& unit = card[at(n.layer)];
                if (unit < 0) {
                    unit = new_unit(what::layer, i);
                    units_.back().layer = n.layer;
                }
                u = unit;
            } else if (!is_carried(i)) {
                u = linear_sum(i);
                if (u < 0) u = new_unit(what::operation, i);
                units_[at(u)].layer = n.layer;
            }
            if (u >= 0) {
                units_[at(u)].nodes.push_back(i);
                units_[at(u)].out = i;
            }
        }
        // Views belong to their first user; parameters too, unless their layer has a card.
        for (node_id i = g_.size(); i-- > 0;) {
            if (!forward_[at(i)] || unit_of_[at(i)] >= 0 || g_[i].is_leaf()) continue;
            for (node_id u : users_.of(i)) {
                if (!forward_[at(u)] || unit_of_[at(u)] < 0) continue;
                unit_of_[at(i)] = unit_of_[at(u)];
                break;
            }
        }
        for (node_id i = 0; i < g_.size(); ++i) {
            if (!forward_[at(i)] || !g_[i].is(op::parameter)) continue;
            int u = g_[i].layer >= 0 ? card[at(g_[i].layer)] : -1;
            for (node_id user : users_.of(i))
                if (u < 0 && forward_[at(user)]) u = unit_of_[at(user)];
            if (u < 0) continue;
            unit_of_[at(i)] = u;
            units_[at(u)].parameters.push_back(i);
        }
    }
    /// For a bias added to a product that nothing else uses: the unit of the product, so that both are one linear card.
    int linear_sum(node_id i) const {
        if (!g_[i].is(op::add)) return -1;
        for (std::size_t k = 0; k < 2; ++k) {
            const node_id product = g_[i].operands[k];
            if (!g_[product].is(op::matmul) || !g_[below_views(g_, g_[i].operands[1 - k])].is(op::parameter)) continue;
            int uses = 0;
            for (node_id u : users_.of(product)) uses += forward_[at(u)];
            const int unit = unit_of_[at(product)];
            if (uses == 1 && unit >= 0 && units_[at(unit)].kind == what::operation) return unit;
        }
        return -1;
    }

    void link() {
        for (std::size_t u = 0; u < units_.size(); ++u) {
            for (node_id i : units_[u].nodes) {
                for (node_id operand : g_[i].uses()) {
                    const node_id from = through(operand, static_cast<int>(u));
                    if (g_[from].is_leaf() && !g_[from].is(op::input)) continue;
                    const int source = unit_of_[at(from)];
                    if (source < 0 || source == static_cast<int>(u)) continue;
                    bool known = false;
                    for (const edge& e : edges_) known = known || (e.from == source && e.to == static_cast<int>(u));
                    if (known) continue;
                    edges_.push_back({source, static_cast<int>(u), g_[from].shape});
                    if (!units_[u].has_in) {
                        units_[u].in = g_[from].shape;
                        units_[u].has_in = true;
                    }
                }
            }
        }
    }
    /// Below the views that belong to the user.
    node_id through(node_id i, int unit) const {
        while (!g_[i].is_leaf() && unit_of_[at(i)] == unit && is_carried(i)) i = g_[i].operands[0];
        return i;
    }

    /// What makes two units equal.
    std::string signature(const unit& u) const {
        if (u.kind == what::data || u.kind == what::loss) return {};
        std::string s =
            u.layer >= 0 && u.kind == what::layer ? type_of(u) : std::string(info(g_[u.out].operation).name);
        s += "|" + (u.has_in ? shape_text(u.in) : "") + "|" + shape_text(g_[u.out].shape);
        for (node_id p : u.parameters) s += "|" + std::string(g_[p].name ? g_[p].name : "") + shape_text(g_[p].shape);
        s += "|" + std::to_string(u.nodes.size());
        return s;
    }
    /// Finds groups of units that follow each other three times or more, with the same connections, and keeps the
    /// first.
    void fold() {
        const int n = static_cast<int>(units_.size());
        for (int i = 0; i < n; ++i) units_[at(i)].stands_in = i;
        std::vector<std::string> signs;
        for (const unit& u : units_) signs.push_back(signature(u));
        for (int start = 0; start < n; ++start) {
            run best{start, 0, 0};
            for (int period = 1; period <= 16 && start + 3 * period <= n; ++period) {
                int end = start;
                while (end + period < n && !signs[at(end)].empty() && signs[at(end)] == signs[at(end + period)]) ++end;
                int times = (end - start) / period + 1;
                while (times >= 3 && !repeats({start, period, times})) --times;
                if (times >= 3 && times * period > best.times * best.period) best = {start, period, times};
            }
            if (best.times < 3) continue;
            const int frame = static_cast<int>(runs_.size());
            runs_.push_back(best);
            for (int k = 0; k < best.times * best.period; ++k) {
                unit& u = units_[at(start + k)];
                u.stands_in = start + k % best.period;
                u.hidden = k >= best.period;
                if (!u.hidden) u.times = best.times;
                if (best.period > 1) u.frame = frame;
            }
            start += best.times * best.period - 1;
        }
    }
    /// Whether the groups of a run are joined alike: each only to itself, to the one before it and the one behind it.
    bool repeats(const run& r) const {
        const int end = r.start + r.period * r.times;
        const auto group = [&](int u) { return u < r.start || u >= end ? -1 : (u - r.start) / r.period; };
        std::vector<int> per_group(at(r.times), 0);
        for (const edge& e : edges_) {
            const int from = group(e.from);
            const int to = group(e.to);
            if (to >= 0 && from < 0 && to > 0) return false;
            if (from >= 0 && to < 0 && from + 1 < r.times) return false;
            if (from < 0 || to < 0) continue;
            if (to < from || to > from + 1) return false;
            if (to > 0) ++per_group[at(to)];
            if (to > 0 && to + 1 < r.times) {
                bool next = false;
                for (const edge& f : edges_) next = next || (f.from == e.from + r.period && f.to == e.to + r.period);
                if (!next) return false;
            }
        }
        for (int k = 2; k < r.times; ++k)
            if (per_group[at(k)] != per_group[1]) return false;
        return per_group[1] > 0;
    }

    std::int64_t parameter_count(const unit& u) const {
        std::int64_t n = 0;
        for (node_id p : u.parameters) n += g_[p].shape.fixed_elements();
        return n;
    }
    std::int64_t all_parameters() const {
        std::int64_t n = 0;
        for (const unit& u : units_) n += parameter_count(u);
        return n;
    }
    std::string totals() const {
        int layers = 0;
        for (const unit& u : units_) layers += u.kind == what::layer;
        std::string out;
        if (layers > 0) out = std::to_string(layers) + (layers == 1 ? " layer · " : " layers · ");
        const std::int64_t n = all_parameters();
        out += grouped(n, "\u2009") + (n == 1 ? " parameter" : " parameters");
        const std::int64_t bytes = n * options_.bytes_per_number;
        if (bytes > 0 && bytes < 1024) out += " · " + std::to_string(bytes) + " bytes";
        if (bytes >= 1024) {
            const bool mega = bytes >= 1024 * 1024;
            const std::int64_t tenths = (bytes * 10 + (mega ? 512 * 1024 : 512)) / (mega ? 1024 * 1024 : 1024);
            out +=
                " · " + grouped(tenths / 10, "\u2009") + "." + std::to_string(tenths % 10) + (mega ? " MiB" : " KiB");
        }
        return out;
    }
    std::string type_of(const unit& u) const {
        const char* const type = u.layer >= 0 ? g_.layers[at(u.layer)].type : nullptr;
        return type ? type : "layer";
    }
    /// A shape without the leading dimensions that only the run knows: "128", "1×28×28".
    static std::string features(const dims& d) {
        dims own;
        bool leading = true;
        for (int i = 0; i < d.rank; ++i) {
            leading = leading && d[i].is_symbolic();
            if (!leading) own.push_back(d[i]);
        }
        if (own.rank > 0) return short_shape(own);
        return d.rank == 0 ? "scalar" : "1";
    }
    std::string loss_name(const unit& u) const {
        const node& n = g_[u.out];
        if (n.is(op::mean) || n.is(op::sum)) {
            const node_id inner = n.operands[0];
            const std::string of = n.is(op::mean) ? "" : "sum of ";
            if (g_[inner].is(op::cross_entropy) || g_[inner].is(op::cross_entropy_soft))
                return of + "softmax cross-entropy";
            if (g_[inner].is(op::binary_cross_entropy_with_logits)) return of + "binary cross-entropy";
            if (is_square(g_, inner) && g_[g_[inner].operands[0]].is(op::sub))
                return n.is(op::mean) ? "mean squared error" : "sum of squared errors";
            if (g_[inner].is(op::abs) && g_[g_[inner].operands[0]].is(op::sub))
                return n.is(op::mean) ? "mean absolute error" : "sum of absolute errors";
        }
        // Anything else by its formula, in terms of what flows in.
        std::vector<char> wanted(at(g_.size()), 0);
        for (node_id i : u.nodes)
            for (node_id operand : g_[i].uses())
                if (unit_of_[at(operand)] != unit_of_[at(u.out)]) wanted[at(operand)] = 1;
        const std::vector<value_name> names = name_values(g_, wanted, leaf_names::full, notation::unicode);
        formula_writer writer(g_, notation::unicode, names, true);
        return dot_text::cut(writer.write(u.out), 60);
    }

    static std::string row(std::string_view band, std::string_view fill, std::string_view ink, const std::string& left,
                           const std::string& right, int width, int rows) {
        const std::string font = ink.empty() ? "" : "<FONT COLOR=\"" + std::string(ink) + "\">";
        const std::string end = ink.empty() ? "" : "</FONT>";
        const std::string colour = " BGCOLOR=\"" + std::string(fill) + "\"";
        return "<TR><TD" + (rows > 1 ? " ROWSPAN=\"" + std::to_string(rows) + "\"" : "") + " BGCOLOR=\"" +
               std::string(band) + "\" WIDTH=\"8\" CELLPADDING=\"0\"></TD><TD ALIGN=\"LEFT\" WIDTH=\"" +
               std::to_string(width) + "\"" + colour + ">" + font + left + end +
               "</TD><TD ALIGN=\"RIGHT\" WIDTH=\"110\"" + colour + ">" + font + right + end + "</TD></TR>";
    }
    void draw_unit(dot_writer& w, std::size_t index) const {
        const unit& u = units_[index];
        const node& out = g_[u.out];
        role r = role::operation;
        std::string left;
        std::string right = dot_text::html(features(out.shape));
        std::string tip;
        int width = 250;
        std::string id = "layer-" + std::to_string(index);
        if (u.kind == what::data) {
            r = role::data;
            const bool target = is_target(g_, users_, u.out);
            left = (target ? "<B>target</B>  " : "<B>input</B>  ") +
                   dot_text::html(spell(names_[at(u.out)], notation::unicode), 60);
            if (target) width = 90;
            tip = tooltip(g_, u.out, "");
            id = ids_[at(u.out)];
        } else if (u.kind == what::loss) {
            r = role::loss;
            left = "<B>loss</B>  " + dot_text::html(loss_name(u));
            right = dot_text::html(short_shape(out.shape));
            tip = tooltip(g_, u.out, loss_name(u));
        } else {
            bool acts = false;
            for (node_id i : u.nodes) acts = acts || info(g_[i].operation).activation;
            r = !u.parameters.empty() ? role::parameter : acts ? role::activation : role::operation;
            if (u.kind == what::layer) {
                const std::string path = layer_path(g_, u.layer);
                const char* const own = g_.layers[at(u.layer)].name;
                if (own) left = bold(path, 60) + "  " + dot_text::html(type_of(u), 40);
                if (!own) left = bold(type_of(u), 40);
                if (!path.empty() && own) id = "layer-" + dot_text::id(path);
                tip = "layer " + path + " " + type_of(u);
            } else {
                bool product = false;
                for (node_id i : u.nodes) product = product || g_[i].is(op::matmul);
                left = product && u.nodes.size() > 1 ? "<B>linear</B>" : op_label(g_, out);
                tip = tooltip(g_, u.out, "");
            }
            if (out.is(op::relu)) left += "  max(0, x)";
            if (u.has_in && !(u.in == out.shape)) right = dot_text::html(features(u.in)) + " → " + right;
        }
        if (u.times > 1 && u.frame < 0) left += "  <B>× " + std::to_string(u.times) + "</B>";
        const role_style& s = look(r);
        const std::string fill(w.in() == theme::print ? fill_in(theme::print, r) : s.card);
        const std::string border = w.ink(s.border);
        const std::string grey(look(role::operation).border);
        std::string table = "<TABLE BORDER=\"1\" COLOR=\"" + border +
                            "\" BGCOLOR=\"#FFFFFF\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"5\">";
        table += row(border, fill, r == role::loss ? s.ink : std::string_view(), left, right, width,
                     u.parameters.empty() ? 1 : 3);
        if (!u.parameters.empty()) {
            std::string list;
            for (std::size_t k = 0; k < u.parameters.size() && k < 4; ++k)
                list += dot_text::html(spell(names_[at(u.parameters[k])], notation::unicode), 40) + " " +
                        dot_text::html(short_shape(g_[u.parameters[k]].shape)) + "   ";
            if (u.parameters.size() > 4) list += "+" + std::to_string(u.parameters.size() - 4) + "   ";
            const std::int64_t own = parameter_count(u);
            std::string count = grouped(own, "\u2009") + (own == 1 ? " parameter" : " parameters");
            if (u.times > 1) count += " each";
            table += "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"2\"><FONT POINT-SIZE=\"11\" COLOR=\"" + grey + "\">" + list +
                     "   " + count + "</FONT></TD></TR>";
            const std::int64_t all = all_parameters();
            const std::int64_t mine = own * u.times;
            const std::int64_t permille = all > 0 ? (mine * 1000 + all / 2) / all : 0;
            const int bar = static_cast<int>(all > 0 ? mine * 300 / all : 0);
            const auto cell = [&](int pixels, const std::string& colour) {
                return "<TD WIDTH=\"" + std::to_string(pixels) + "\" HEIGHT=\"6\" BGCOLOR=\"" + colour + "\"></TD>";
            };
            table +=
                "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"2\" CELLPADDING=\"4\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" "
                "CELLSPACING=\"0\" CELLPADDING=\"0\"><TR>";
            const int filled = bar < 1 ? 1 : bar;
            table += cell(filled, border);
            if (filled < 300) table += cell(300 - filled, std::string(look(role::constant).fill));
            table += "<TD WIDTH=\"56\" ALIGN=\"RIGHT\"><FONT POINT-SIZE=\"10\" COLOR=\"" + grey + "\">" +
                     std::to_string(permille / 10) + "." + std::to_string(permille % 10) +
                     " %</FONT></TD></TR></TABLE></TD></TR>";
            tip += "\n" + grouped(own, "\u2009") + " parameters (" + std::to_string(permille / 10) + "." +
                   std::to_string(permille % 10) + " %" + (u.times > 1 ? " together" : "") + ")";
            for (node_id p : u.parameters)
                tip += "\n" + dot_text::cut(full_name(g_, p), 200) + " : " + shape_text(g_[p].shape);
        }
        table += "</TABLE>";
        w.plain_node(dot_name(static_cast<int>(index)), {{"class", "layer " + std::string(s.name)},
                                                         {"id", id},
                                                         html_label(std::move(table)),
                                                         {"tooltip", dot_text::cut(dot_text::repaired(tip), 2000)}});
    }
    static std::string dot_name(int unit) { return "l" + std::to_string(unit); }

    void draw_edges(dot_writer& w) const {
        std::vector<std::pair<int, int>> seen;
        for (const edge& e : edges_) {
            const int from = units_[at(e.from)].stands_in;
            const int to = units_[at(e.to)].stands_in;
            // From one group of a run to the next: the sign × 12 says it.
            const bool inner = units_[at(e.to)].hidden && !(units_[at(e.from)].hidden && e.to - e.from == to - from);
            if (inner || from == to) continue;
            bool again = false;
            for (const auto& s : seen) again = again || (s.first == from && s.second == to);
            if (again) continue;
            seen.emplace_back(from, to);
            // A target stands beside what it is compared with.
            const unit& source = units_[at(from)];
            if (source.kind == what::data && units_[at(to)].kind == what::loss && is_target(g_, users_, source.out))
                for (const edge& other : edges_) {
                    const int beside = units_[at(other.from)].stands_in;
                    if (other.to != e.to || beside == from || units_[at(beside)].frame >= 0) continue;
                    w.same_rank({dot_name(beside), dot_name(from)});
                    break;
                }
            dot_attributes own{{"class", "fwd"}, {"tooltip", shape_text(e.shape)}};
            if (options_.show == label_style::shapes)
                own.set("label", "  " + short_shape(e.shape)).set("fontsize", "11");
            bool next = to > from;  // the main way runs straight down
            for (int k = from + 1; k < to; ++k) next = next && units_[at(k)].kind == what::data;
            if (next && !(source.kind == what::data && is_target(g_, users_, source.out))) own.set("weight", "100");
            w.edge(dot_name(from), dot_name(to), std::move(own));
        }
    }

    graph_view g_;
    picture_options options_;
    user_lists users_;
    std::vector<int> unit_of_;
    std::vector<char> forward_;
    std::vector<node_id> results_;
    std::vector<value_name> names_;
    std::vector<std::string> ids_;
    std::vector<unit> units_;
    std::vector<edge> edges_;
    std::vector<run> runs_;
};

}  // namespace drawing

/// The layers of a network as DOT: a card each, with features in and out, parameters and their share of the whole.
///
///     save_dot("layers.dot", draw_layers(graph_of(loss), {.title = "digits"}));
inline std::string draw_layers(graph_view g, const picture_options& options = {}) {
    return drawing::layer_picture(g, options).draw();
}

}  // namespace gradus
