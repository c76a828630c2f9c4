// SPDX-License-Identifier: BSL-1.0
// The picture of a mistake, in files compiled with -DGRADUS_DRAW_ERRORS: the network with the faulty operation and its
// edges red, a card with what was expected, what was given and what to try, and all that stands above it grey, without
// shapes. Without that macro this file is empty. docs/mistake-pictures.md shows one.
#pragma once
#if defined(GRADUS_DRAW_ERRORS)
#include <gradus/draw/expression.hpp>
#include <gradus/draw/render.hpp>
#include <gradus/draw/table.hpp>
#include <gradus/layer/layer.hpp>
#include <algorithm>
#include <cctype>
#include <map>

namespace gradus {

namespace drawing {

/// A sentence in its parts: "64 features expected, 32 given: fc2 follows fc1; write linear<...>".
struct sentence_parts {
    std::string headline, rest, way_out;

    explicit sentence_parts(std::string_view text) {
        const std::size_t semicolon = text.find("; ");
        if (semicolon != text.npos) way_out = text.substr(semicolon + 2);
        text = text.substr(0, semicolon);
        const std::size_t colon = text.find(": ");
        headline = text.substr(0, colon);
        if (colon != text.npos) rest = text.substr(colon + 2);
        if (way_out.empty() && rest.substr(0, 6) == "write ") way_out.swap(rest);
    }
};

/// Text in lines of at most `width` columns, broken at spaces.
inline std::vector<std::string> wrapped(const std::string& text, int width) {
    std::vector<std::string> lines{""};
    for (std::size_t from = 0; from < text.size();) {
        std::size_t to = text.find(' ', from);
        if (to == text.npos) to = text.size();
        const std::string word = text.substr(from, to - from);
        if (!lines.back().empty() && columns_of(lines.back()) + 1 + columns_of(word) > width) lines.push_back("");
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        from = to + 1;
    }
    return lines;
}

/// The words of a sentence that clash: its two sizes or, where those are equal, the two names around "and".
inline std::vector<std::string> clashing_words(const std::string& headline, const mistake& m) {
    if (m.first != m.second) return {std::to_string(m.first), std::to_string(m.second)};
    const std::size_t middle = headline.find(" and ");
    if (middle == headline.npos) return {};
    const std::size_t begin = headline.rfind(' ', middle - 1);
    const std::size_t end = headline.find(' ', middle + 5);
    return {headline.substr(begin == headline.npos ? 0 : begin + 1, middle - (begin == headline.npos ? 0 : begin + 1)),
            headline.substr(middle + 5, end == headline.npos ? end : end - middle - 5)};
}

/// A line in HTML with these words in bold, each where it stands first; then it is taken out of the list.
inline std::string with_bold(const std::string& line, std::vector<std::string>& words) {
    std::string out;
    for (std::size_t from = 0; from < line.size();) {
        std::size_t to = from;
        const auto in_word = [&](std::size_t i) {
            const auto c = static_cast<unsigned char>(line[i]);
            return std::isalnum(c) || c == '_' || c == '=' || c == '-' || c >= 0x80;
        };
        while (to < line.size() && in_word(to) == in_word(from)) ++to;
        const std::string part = line.substr(from, to - from);
        const auto clashes = std::find(words.begin(), words.end(), part);
        out += clashes != words.end() ? "<B>" + dot_text::html(part) + "</B>" : dot_text::html(part);
        if (clashes != words.end()) words.erase(clashes);
        from = to;
    }
    return out;
}
inline std::string lines_with_bold(const std::string& text, std::vector<std::string> words, int width = 46) {
    std::string out;
    const std::vector<std::string> lines = wrapped(text, width);
    for (const std::string& line : lines)
        out += with_bold(line, words) + (lines.size() > 1 ? "<BR ALIGN=\"LEFT\"/>" : "");
    return out;
}

/// The card of a mistake. `expected` and `got` are HTML; where they are empty, the sentence tells them.
inline std::string mistake_card(const mistake& m, const std::string& expected, const std::string& got) {
    const sentence_parts parts(m.why.view());
    const std::vector<std::string> bold = clashing_words(parts.headline, m);
    const auto row = [](std::string_view word, const std::string& text, std::string_view colour) {
        return "<TR><TD ALIGN=\"LEFT\" VALIGN=\"TOP\"><FONT POINT-SIZE=\"11\" COLOR=\"" +
               std::string(untyped_look.ink) + "\">" + std::string(word) +
               "</FONT></TD><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"><FONT POINT-SIZE=\"11\" COLOR=\"" + std::string(colour) +
               "\">" + text + "</FONT></TD></TR>";
    };
    const std::string ink(look(role::operation).ink);
    std::string out = "<TABLE BORDER=\"1\" COLOR=\"" + std::string(clash_ink) +
                      "\" BGCOLOR=\"#FFFFFF\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\">"
                      "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\" COLSPAN=\"2\"><FONT COLOR=\"" +
                      ink + "\">" + lines_with_bold(parts.headline, bold, 40) + "</FONT></TD></TR>";
    // "2 dimensions wanted, 1 given": the sentence says both.
    std::string wanted = expected;
    std::string given = got;
    for (const char* word : {" wanted, ", " expected, "}) {
        const std::size_t comma = parts.headline.find(word);
        if (comma == std::string::npos) continue;
        std::vector<std::string> left = bold;
        if (wanted.empty()) wanted = with_bold(parts.headline.substr(0, comma), left);
        left = bold;
        if (given.empty()) {
            std::string rest = parts.headline.substr(comma + std::string_view(word).size());
            if (const std::size_t end = rest.rfind(" given"); end != std::string::npos) rest.resize(end);
            given = with_bold(rest, left);
        }
    }
    if (!wanted.empty()) out += row("expected", wanted, ink);
    if (!given.empty()) out += row("got", given, clash_ink);
    if (!parts.rest.empty()) out += row("in", lines_with_bold(parts.rest, {}), ink);
    if (!parts.way_out.empty()) out += row("try", lines_with_bold(parts.way_out, {}), ink);
    return out + "</TABLE>";
}

/// What was noted, as a graph with marks.
class mistake_model {
  public:
    mistake_model() {
        for (const auto* n = detail::noted.nodes; n; n = n->next) {
            if (noted_.emplace(n->what, n->own).second) in_order_.push_back(n->what);
        }
        std::reverse(in_order_.begin(), in_order_.end());
        contexts_.push_back({no_node, -1});
        find_chains();
        for (const record* r : roots()) outputs_.push_back({lower(*r, 0), no_node});
        find_standings();
        add_cards();
        add_chains();
        add_sentences();
        add_title();
    }
    bool empty() const { return found_ == 0; }
    const std::vector<std::string>& sentences() const { return said_; }
    std::string draw() const {
        picture_options options;
        options.legend = false;
        return expression_picture({nodes_, layers_, outputs_, {}}, -1, options, &marks_).draw();
    }

  private:
    struct context {
        node_id argument;
        int layer;
    };

    /// Noted expressions that no other one is made of, in the order in which the compiler met them.
    std::vector<const record*> roots() const {
        std::map<const record*, bool> inner;
        for (const record* what : in_order_)
            for (int i = 0; i < what->arity; ++i) inner[what->operands[static_cast<std::size_t>(i)]] = true;
        std::vector<const record*> all, inside;
        for (const record* what : in_order_)
            if (!inner.count(what)) (open(*what) ? inside : all).push_back(what);
        // A layer's body that was tried and never used is drawn only where there is nothing else.
        return all.empty() ? inside : all;
    }
    /// Whether it contains a layer's input, outside of all layers.
    static bool open(const record& r) {
        if (r.operation == op::placeholder) return true;
        const int count = r.operation == op::apply ? 1 : r.arity;
        for (int i = 0; i < count; ++i)
            if (open(*r.operands[static_cast<std::size_t>(i)])) return true;
        return false;
    }

    const mistake* own(const record& r) const {
        const auto found = noted_.find(&r);
        return found == noted_.end() ? nullptr : found->second;
    }
    node_id lower(const record& r, int in) {
        const auto key = std::pair(&r, r.arity == 0 && r.operation != op::placeholder &&
                                               (r.operation != op::parameter || contexts_[at(in)].layer < 0)
                                           ? 0
                                           : in);
        if (const auto found = known_.find(key); found != known_.end()) return found->second;
        const node_id made = make(r, in);
        known_[key] = made;
        return made;
    }
    node_id make(const record& r, int in) {
        const context here = contexts_[at(in)];
        if (r.operation == op::placeholder && here.argument != no_node) return here.argument;
        node n;
        n.operation = r.operation;
        n.shape = r.shape;
        n.attrs = r.attrs;
        n.layer = here.layer;
        n.name = r.name;
        std::string word;
        if (r.operation == op::apply) {
            const node_id argument = lower(*r.operands[0], in);
            if (r.arity == 2 && r.type && r.name == nullptr && std::string_view(r.type) == "mse_loss") {
                n.operands[1] = lower(*r.operands[1], in);
                n.arity = 2;
            } else if (r.arity == 2) {
                return inlined(r, argument, here);
            } else {
                n.arity = 1;
            }
            n.operands[0] = argument;
            n.name = nullptr;
            word = (r.name ? std::string(r.name) + " " : "") + (r.type ? r.type : "layer");
            for (const operation_info& row : operations)
                if (row.name == word && row.arity == 1) {
                    n.operation = row.operation;
                    word.clear();
                }
        } else {
            for (int i = 0; i < r.arity; ++i)
                n.operands[static_cast<std::size_t>(n.arity++)] = lower(*r.operands[static_cast<std::size_t>(i)], in);
        }
        if (r.operation == op::input) n.layer = -1;
        if (r.operation == op::placeholder) word = "input of the layer";
        if (r.operation == op::constant && (r.shape.rank < 0 || r.attrs.literal > 0)) {
            n.attrs.literal = 1;
            n.name = "number";
            n.shape = {};
        }
        const node_id made = add(n, word);
        const mistake* m = own(r);
        if (m) faults_.push_back({made, m, here.layer, false});
        if (m && info(r.operation).what == kind::view)  // several functions are one operation
            for (const char* function : {"transpose", "permute", "flatten", "rename", "broadcast_to"})
                if (m->why.has(function)) {
                    marks_.words[at(made)] = function;
                    break;
                }
        return made;
    }
    /// A layer with its body. What is wrong inside is told in the words of the layer.
    node_id inlined(const record& r, node_id argument, const context& here) {
        layers_.push_back({r.name, r.type, here.layer, argument, no_node});
        const int layer = static_cast<int>(layers_.size()) - 1;
        contexts_.push_back({argument, layer});
        const std::size_t before = faults_.size();
        const node_id to = lower(*r.operands[1], static_cast<int>(contexts_.size()) - 1);
        layers_[at(layer)].to = to;
        if (const mistake* m = own(r)) {
            if (faults_.size() == before) {
                faults_.push_back({to, m, layer, true});
            } else if (!faults_[before].of_layer) {
                faults_[before] = {faults_[before].at, m, layer, true};
            }
        }
        return to;
    }
    node_id add(const node& n, const std::string& word) {
        nodes_.push_back(n);
        marks_.words.push_back(word);
        return static_cast<node_id>(nodes_.size()) - 1;
    }

    void find_standings() {
        const std::size_t size = nodes_.size();
        marks_.of.assign(size, standing::sound);
        marks_.tips.assign(size, "");
        marks_.clash.assign(size, {-1, -1, -1});
        // One mistake for one node; a mistake in a body that is used twice is drawn twice.
        for (const fault_at& f : faults_) marks_.of[at(f.at)] = standing::faulty;
        for (std::size_t i = 0; i < size; ++i) {
            if (marks_.of[i] != standing::sound) continue;
            for (node_id operand : nodes_[i].uses())
                if (marks_.of[at(operand)] != standing::sound) marks_.of[i] = standing::untyped;
            if (marks_.of[i] == standing::untyped) {
                marks_.tips[i] =
                    std::string(info(nodes_[i].operation).name) + ": no shape, because of the mistake below";
                nodes_[i].shape = no_shape;
                ++untyped_;
            }
        }
    }

    const dims& shape(node_id i, int k) const {
        return nodes_[at(nodes_[at(i)].operands[static_cast<std::size_t>(k)])].shape;
    }
    /// The dimensions of the two operands that clash, as the rules of shape/rules.hpp compare them; -1 where there is
    /// no such pair.
    std::pair<int, int> clash_of(node_id i) const {
        const node& n = nodes_[at(i)];
        if (n.arity != 2) return {-1, -1};
        const dims& a = shape(i, 0);
        const dims& b = shape(i, 1);
        if (n.is(op::matmul)) {
            if (a.rank == 0 || b.rank == 0) return {-1, -1};
            const int inner = b.rank == 1 ? 0 : b.rank - 2;
            return agree(a.back(), b[inner]) ? std::pair(-1, -1) : std::pair(a.rank - 1, inner);
        }
        const bool is_strict = marks_.words[at(i)] == "mse_loss" || n.is(op::binary_cross_entropy_with_logits);
        if (is_strict && a.rank != b.rank) return {-1, -1};
        const bool from_front = n.is(op::cross_entropy) || n.is(op::cross_entropy_soft);
        std::pair<int, int> stretched{-1, -1};
        for (int k = 0; k < a.rank && k < b.rank; ++k) {
            const std::pair<int, int> here = from_front ? std::pair(k, k) : std::pair(a.rank - 1 - k, b.rank - 1 - k);
            if (agree(a[here.first], b[here.second])) continue;
            if (from_front || (a[here.first].size != 1 && b[here.second].size != 1) ||
                a[here.first].size == b[here.second].size)
                return here;
            if (stretched.first < 0) stretched = here;
        }
        return stretched;
    }
    /// What would have fitted, as far as it can be said in shapes.
    std::string expected(node_id i) const {
        const node& n = nodes_[at(i)];
        const auto [k, l] = clash_of(i);
        const std::string dot = "  ·  ";
        if (n.arity == 1) {
            const int rank = shape(i, 0).rank;
            if (info(n.operation).what == kind::reduction || info(n.operation).what == kind::rowwise)
                return rank == 0   ? "at least one dimension"
                       : rank == 1 ? "dimension 0"
                                   : "dimensions 0 to " + std::to_string(rank - 1);
            return "";
        }
        if (n.arity != 2) return "";
        dims a = shape(i, 0);
        dims b = shape(i, 1);
        if (k >= 0) {
            b[l] = a[k];
            return shape_with_clash(a, k) + dot + shape_with_clash(b, l);
        }
        if (n.is(op::cross_entropy) || n.is(op::cross_entropy_soft)) {
            if (a.rank == 0) return "scores with classes";
            dims rows;
            for (int d = 0; d + 1 < a.rank; ++d) rows.push_back(a[d]);
            return shape_with_clash(a, -1) + dot + shape_with_clash(rows, -1) + " or " + shape_with_clash(a, -1);
        }
        if (n.is(op::matmul)) return "";
        return shape_with_clash(a, -1) + dot + shape_with_clash(a, -1);
    }
    std::string got(node_id i) const {
        const auto [k, l] = clash_of(i);
        std::string out;
        for (int o = 0; o < nodes_[at(i)].arity; ++o)
            out += (o > 0 ? "  ·  " : "") + shape_with_clash(shape(i, o), o == 0 ? k : o == 1 ? l : -1);
        return out;
    }

    struct fault_at {
        node_id at;
        const mistake* what;
        int layer;
        bool of_layer;  ///< the sentence is that of the layer
    };

    /// A chain, and the first mistake in it.
    struct chain_mistake {
        const detail::noted_chain* whole;
        const mistake* what;
        int wrong;
        bool told = false;  ///< in the network that the chain is applied in
    };
    static bool same_row(const detail::chain_row& a, const detail::chain_row& b) {
        return detail::text_of(a.name) == detail::text_of(b.name) && std::string_view(a.type) == b.type &&
               a.depth == b.depth && a.gives == b.gives && a.wants == b.wants;
    }
    /// Where the rows of `part` stand in `whole`, or -1.
    static int place_in(const detail::noted_chain& whole, const detail::noted_chain& part) {
        for (std::size_t from = 0; from + part.rows.size() <= whole.rows.size(); ++from)
            if (std::equal(part.rows.begin(), part.rows.end(), whole.rows.begin() + static_cast<std::ptrdiff_t>(from),
                           same_row))
                return static_cast<int>(from);
        return -1;
    }
    /// `a >> b >> c` is noted for each of its parts that is wrong: the longest is the chain, the shortest the mistake.
    void find_chains() {
        std::vector<const detail::noted_chain*> all;
        for (const auto* c = detail::noted.chains; c; c = c->next)
            if (!c->rows.empty()) all.push_back(c);
        std::reverse(all.begin(), all.end());
        for (std::size_t i = 0; i < all.size(); ++i) {
            bool part = false;
            for (std::size_t j = 0; j < all.size(); ++j)
                part = part || (j != i && place_in(*all[j], *all[i]) >= 0 &&
                                (all[j]->rows.size() > all[i]->rows.size() || j < i));
            if (part) continue;
            chain_mistake m{all[i], all[i]->what, 0};
            std::size_t shortest = all[i]->rows.size() + 1;
            for (const auto* c : all) {
                const int from = place_in(*all[i], *c);
                if (from < 0 || c->rows.size() >= shortest || !c->what) continue;
                shortest = c->rows.size();
                m.what = c->what;
                for (std::size_t k = 0; k < c->rows.size(); ++k)
                    if (c->rows[k].wrong) m.wrong = from + static_cast<int>(k);
            }
            if (m.what) chains_.push_back(m);
        }
    }

    /// The sentence of a chain in the place of that of its layer, which has the same sizes.
    const mistake* told(const fault_at& f) {
        if (!f.of_layer) return f.what;
        const layer_entry& entry = layers_[at(f.layer)];
        for (chain_mistake& c : chains_) {
            const detail::chain_row& row = c.whole->rows[at(c.wrong)];
            if (c.what->first != f.what->first || c.what->second != f.what->second ||
                detail::text_of(row.name) != detail::text_of(entry.name) || row.type != detail::text_of(entry.type))
                continue;
            c.told = true;
            return c.what;
        }
        for (const auto* c = detail::noted.chains; c; c = c->next)  // a chain that is applied says which layer it was
            if (c->rows.empty() && c->what->why.view().substr(0, f.what->why.view().size()) == f.what->why.view())
                return c->what;
        return f.what;
    }
    void add_cards() {
        // Two faults of one node: the first tells it.
        std::vector<node_id> done;
        for (const fault_at& f : faults_) {
            if (std::find(done.begin(), done.end(), f.at) != done.end()) continue;
            done.push_back(f.at);
            const mistake& m = *told(f);
            const auto [k, l] = clash_of(f.at);
            marks_.clash[at(f.at)] = {k, l, -1};
            marks_.tips[at(f.at)] = m.why.view();
            const node& n = nodes_[at(f.at)];
            const std::string elements =
                n.is(op::reshape) && m.why.has("elements") ? "<B>" + std::to_string(m.second) + "</B> elements" : "";
            const bool sizes = m.first != m.second || m.why.has("names") || nodes_[at(f.at)].arity == 1;
            if (f.of_layer && k >= 0 && n.is(op::add)) {  // a residual: the layer's output has to be like its input
                dims wanted = shape(f.at, 0);
                wanted[k] = shape(f.at, 1)[l];
                add_card(m, shape_with_clash(wanted, k) + "  ·  " + shape_with_clash(shape(f.at, 1), l), got(f.at),
                         "n" + std::to_string(f.at));
            } else if (f.of_layer && n.is(op::matmul) && k >= 0) {  // the input does not fit the layer
                dims wanted = shape(f.at, 0);
                wanted[k] = shape(f.at, 1)[l];
                add_card(m, shape_with_clash(wanted, k), shape_with_clash(shape(f.at, 0), k),
                         "n" + std::to_string(f.at));
            } else {
                add_card(m,
                         !elements.empty() ? elements
                         : sizes           ? expected(f.at)
                                           : "",
                         got(f.at), "n" + std::to_string(f.at));
            }
            const std::string& word = marks_.words[at(f.at)];
            std::string what = word.empty() ? std::string(info(n.operation).name) : word;
            if (f.of_layer) {
                const layer_entry& entry = layers_[at(f.layer)];
                const std::string path = layer_path({nodes_, layers_, outputs_, {}}, f.layer);
                what = entry.name ? path : entry.type ? entry.type : "a layer";
            }
            names_.push_back(what);
        }
        for (node_id i : done) nodes_[at(i)].shape = no_shape;
    }
    void add_card(const mistake& m, const std::string& wanted, const std::string& given, const std::string& of) {
        const std::string name = "why" + std::to_string(++found_);
        said_.emplace_back(m.why.view());
        marks_.nodes.push_back(
            {name,
             {{"class", "note"}, html_label(mistake_card(m, wanted, given)), {"tooltip", std::string(m.why.view())}}});
        if (!of.empty())
            marks_.edges.push_back(
                {of,
                 name,
                 {{"class", "note"}, {"color", std::string(clash_line)}, {"dir", "none"}, {"style", "dotted"}}});
    }

    static std::string features(const axis& a) { return shape_with_clash({a}, -1); }
    /// Chains that were declared and not applied: their layers from the first to the last.
    void add_chains() {
        int number = 0;
        for (const chain_mistake& c : chains_)
            if (!c.told) add_chain(c, "chain" + std::to_string(++number));
    }
    void add_chain(const chain_mistake& chain, const std::string& name) {
        const detail::noted_chain& c = *chain.whole;
        const int wrong = chain.wrong;
        const int size = static_cast<int>(c.rows.size());
        std::string before;
        for (int i = 0; i < size; ++i) {
            const detail::chain_row& row = c.rows[at(i)];
            // A long chain: its beginning, and what is near to the mistake.
            const bool shown = size <= 16 || i < 2 || (i > wrong - 6 && i < wrong + 4) || i == size - 1;
            std::string id = name + "_" + std::to_string(i);
            if (!shown) {
                int last = i;
                while (last + 1 < size - 1 && !(last + 1 > wrong - 6 && last + 1 < wrong + 4)) ++last;
                marks_.nodes.push_back({id,
                                        {{"fontcolor", std::string(look(theme::both).free)},
                                         {"label", "⋮ " + std::to_string(last - i + 1) + " more layers"}}});
                link(before, id, {}, row, i > wrong);
                before = id;
                if (i > wrong) untyped_ += last - i + 1;
                i = last;
                continue;
            }
            add_row(id, row, i == wrong, i > wrong);
            link(before, id, i == wrong ? std::string_view("wrong") : std::string_view(), row, i > wrong);
            before = id;
            untyped_ += i > wrong;
        }
        const std::string red = name + "_" + std::to_string(wrong);
        const detail::chain_row& row = c.rows[at(wrong)];
        names_.push_back(row.name ? row.name : row.type);
        std::string wanted, given;
        if (row.wants_known && row.gets_known) {
            wanted = "<B>" + features(row.wants) + "</B> features";
            given = "<B>" + features(row.gets) + "</B> features";
        }
        add_card(*chain.what, wanted, given, red);
        // Beside its layer: a card below it would stretch the chain.
        marks_.rows.push_back({red, marks_.edges.back().to});
    }
    void add_row(const std::string& id, const detail::chain_row& row, bool wrong, bool after) {
        const bool named = row.name != nullptr;
        std::string label = std::string(wrong ? "<B>✗</B>  " : "") + bold(named ? row.name : row.type);
        if (named && row.type) label += "  " + dot_text::html(row.type);
        if (row.wants_known && row.gives_known) label += "  " + features(row.wants) + " → " + features(row.gives);
        bool activation = false;
        for (const operation_info& o : operations) activation = activation || (o.activation && row.type == o.name);
        const role_style& s = wrong   ? mistake_look
                              : after ? untyped_look
                                      : look(activation ? role::activation : role::operation);
        dot_attributes own{{"class", std::string(s.name)},
                           {"color", std::string(s.border)},
                           {"fillcolor", std::string(s.fill)},
                           {"fontcolor", std::string(s.ink)},
                           {"height", "0.4"},
                           html_label(label),
                           {"margin", "0.13,0.05"},
                           {"shape", "box"},
                           {"style", std::string(s.style)},
                           {"group", "chain"},
                           {"tooltip", after   ? "after the mistake"
                                       : wrong ? "the mistake"
                                               : row.type}};
        if (row.depth > 0) own.set("margin", "0.3,0.05");
        if (wrong) own.set("penwidth", "3");
        marks_.nodes.push_back({id, std::move(own)});
    }
    void link(const std::string& from, const std::string& to, std::string_view wrong, const detail::chain_row& row,
              bool after) {
        if (from.empty()) return;
        dot_attributes own{{"class", after ? "untyped" : "fwd"}, {"weight", "100"}};
        if (after)
            own.set("label", "  ?").set("style", "dashed");
        else if (row.gets_known)
            own.set(html_label("  " + (wrong.empty() ? features(row.gets) : "<B>" + features(row.gets) + "</B>")));
        if (!wrong.empty())
            own.set("class", mistake_look.name)
                .set("color", clash_line)
                .set("fontcolor", clash_ink)
                .set("penwidth", "2.6");
        marks_.edges.push_back({from, to, std::move(own)});
    }

    /// Mistakes that are no nodes: each is a card alone.
    void add_sentences() {
        std::vector<std::string_view> texts;
        for (const auto* s = detail::noted.sentences; s; s = s->next) texts.push_back(s->text);
        std::sort(texts.begin(), texts.end());
        texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
        for (std::string_view text : texts) {
            add_card({sentence(text), 0, 0}, "", "", "");
            names_.emplace_back();
        }
    }
    void add_title() {
        std::string title = found_ == 1 && !names_[0].empty() ? "shape error in " + names_[0]
                            : found_ == 1                     ? "a mistake"
                                                              : std::to_string(found_) + " mistakes";
        marks_.title = bold(title);
        if (untyped_ > 0)
            marks_.title += dot_text::html("  —  " + std::to_string(untyped_) +
                                           (outputs_.empty() ? " layer" : " node") + (untyped_ == 1 ? "" : "s") +
                                           (outputs_.empty() ? " after" : " above") + " without a shape");
    }

    std::map<const record*, const mistake*> noted_;
    std::vector<const record*> in_order_;
    std::vector<context> contexts_;
    std::map<std::pair<const record*, int>, node_id> known_;
    std::vector<node> nodes_;
    std::vector<layer_entry> layers_;
    std::vector<output> outputs_;
    std::vector<fault_at> faults_;
    std::vector<chain_mistake> chains_;
    std::vector<std::string> names_;
    std::vector<std::string> said_;
    mistake_marks marks_;
    int found_ = 0;
    int untyped_ = 0;
};

}  // namespace drawing

/// The picture of all mistakes in this program as DOT text; empty where there is none.
inline std::string draw_mistakes() {
    const drawing::mistake_model model;
    return model.empty() ? std::string() : model.draw();
}

/// Writes the picture of all mistakes in this program into a file, as DOT text; false where there is none. The program
/// then ends as usual.
inline bool write_mistakes(const std::string& path) {
    detail::noted.written = true;
    const std::string dot = draw_mistakes();
    if (!dot.empty()) save_dot(path, dot);
    return !dot.empty();
}

namespace drawing {
/// What a program with a mistake does in the place of its work.
inline void write_mistakes_at_the_end() {
    const mistake_model model;
    for (const std::string& s : model.sentences()) std::fprintf(stderr, "%s\n", s.c_str());
    try {
        const std::string dot = model.draw();
        try {
            render("shape-error.svg", dot);
            std::fprintf(stderr, "the picture is in shape-error.svg\n");
        } catch (const render_error&) {  // no Graphviz here
            save_dot("shape-error.dot", dot);
            std::fprintf(stderr, "the picture is in shape-error.dot: dot -Tsvg -O shape-error.dot\n");
        }
    } catch (const std::exception& e) {
        std::fprintf(stderr, "the picture cannot be written: %s\n", e.what());
    }
}
inline const bool draws_mistakes = [] {
    detail::noted.write = write_mistakes_at_the_end;
    return true;
}();
}  // namespace drawing

// A network with a mistake in it does not run: instead the picture is written and the program ends. Each of these fits
// better than the function of that name that takes an `invalid`.
template <class T = float, std::uint64_t I, class... E> invalid compile(untyped<I>, const E&...) {
    detail::draw_instead();
}
template <class T = float, std::uint64_t I, class... Given> invalid train(untyped<I>, const Given&...) {
    detail::draw_instead();
}
template <auto Rule, class T = float, std::uint64_t I, class... Given> invalid train(untyped<I>, const Given&...) {
    detail::draw_instead();
}
template <std::uint64_t I> std::string text(untyped<I>, const formula_options& = {}) { detail::draw_instead(); }
template <std::uint64_t I> std::string latex(untyped<I>, const formula_options& = {}) { detail::draw_instead(); }

}  // namespace gradus
#endif
