// SPDX-License-Identifier: BSL-1.0
// THE one DOT writer and palette: every diagram gets its shapes, colours, fonts and escaping here and nowhere else.
// Rule of all diagrams: the shape says what kind of thing it is, the fill its role, the line style which pass it is in.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

/// What a thing is in a diagram.
enum class role : unsigned char {
    data,
    parameter,
    constant,
    operation,
    activation,
    loss,
    gradient,
    parameter_gradient,
    alias,
    count
};

/// How a role looks. Ink on every fill has a contrast of at least 7, and any two fills that share a shape stay apart
/// for colour-blind readers; tests compute both.
struct role_style {
    role of;
    std::string_view name;  ///< its class in the SVG, and its word in a legend
    std::string_view legend;
    std::string_view in_words;  ///< its look where there is no colour
    std::string_view shape;
    std::string_view style;
    std::string_view fill;
    std::string_view border;
    std::string_view ink;
    std::string_view card;  ///< the fill of a layer's card, where ink has to stand on a large area
};

// clang-format off
inline constexpr role_style palette[] = {
    {role::data,               "data",       "data",       "sheet",            "note",     "filled",                "#B3DDF5", "#0072B2", "#1F2328", "#B3DDF5"},
    {role::parameter,          "param",      "parameter",  "cylinder",         "cylinder", "filled",                "#F5D48F", "#B06F00", "#1F2328", "#F5D48F"},
    {role::constant,           "const",      "constant",   "small dashed box", "box",      "filled,dashed",         "#E6E8EB", "#6E7781", "#1F2328", "#E6E8EB"},
    {role::operation,          "op",         "operation",  "box",              "box",      "rounded,filled",        "#FFFFFF", "#57606A", "#1F2328", "#FFFFFF"},
    {role::activation,         "act",        "activation", "grey box",         "box",      "rounded,filled",        "#59C0A4", "#00795A", "#1F2328", "#A6DCCB"},
    {role::loss,               "loss",       "loss",       "black",            "octagon",  "filled",                "#24292F", "#8B949E", "#FFFFFF", "#24292F"},
    {role::gradient,           "grad",       "gradient",   "dashed",           "box",      "rounded,filled,dashed", "#E3B5CF", "#A8437F", "#1F2328", "#E3B5CF"},
    {role::parameter_gradient, "grad param", "gradient",   "dashed",           "cylinder", "filled,dashed",         "#E3B5CF", "#A8437F", "#1F2328", "#E3B5CF"},
    {role::alias,              "grad alias", "same node",  "dashed, with =",   "box",      "rounded,filled,dashed", "#FFFFFF", "#A8437F", "#1F2328", "#FFFFFF"},
};
// clang-format on
inline constexpr const role_style& look(role r) { return palette[static_cast<std::size_t>(r)]; }

/// The looks of the picture of a mistake: the faulty thing, and what has no shape because of it.
inline constexpr role_style mistake_look = {role::count, "error",   "mistake", "thick, with ✗", "box",
                                            "rounded,filled,bold",  "#C8500A", "#8C3400",       "#FFFFFF", "#FFFFFF"};
inline constexpr role_style untyped_look = {role::count, "untyped", "no shape", "dashed, with ?", "box",
                                            "rounded,filled,dashed", "#E6E8EB", "#6E7781",        "#57606A", "#E6E8EB"};
/// Lines that lead to a mistake, and text about it.
inline constexpr std::string_view clash_line = "#D55E00";
inline constexpr std::string_view clash_ink = "#C8500A";

/// Where a picture will be seen: `both` is transparent and legible on white and on dark pages; `print` needs no colour.
enum class theme : unsigned char { both, light, dark, print };

/// The colours of what is not inside a shape.
struct theme_style {
    std::string_view background;
    std::string_view free;      ///< text and lines
    std::string_view backward;  ///< lines of the backward pass
};
inline constexpr theme_style themes[] = {
    {"transparent", "#6E7781", "#B35A93"},
    {"#FFFFFF", "#57606A", "#A8437F"},
    {"#0D1117", "#9BA4AE", "#D288B6"},
    {"#FFFFFF", "#24292F", "#24292F"},
};
inline constexpr const theme_style& look(theme t) { return themes[static_cast<std::size_t>(t)]; }

/// The fill of a role; in print white, or a light grey for activations, because there the shapes and lines say it all.
constexpr std::string_view fill_in(theme t, role r) {
    if (t != theme::print || r == role::loss) return look(r).fill;
    return r == role::activation ? "#E6E8EB" : "#FFFFFF";
}

inline constexpr std::string_view text_font = "Helvetica,Arial,sans-serif";
inline constexpr std::string_view shape_font = "DejaVu Sans Mono,Menlo,Consolas,monospace";

namespace dot_text {

/// dot reads strings of up to 16,380 bytes.
inline constexpr std::size_t limit = 16000;

/// Valid UTF-8 without control characters: bytes that are none become U+FFFD, control characters a space.
inline std::string repaired(std::string_view s) {
    std::string out;
    out.reserve(s.size());
    for (std::size_t i = 0; i < s.size();) {
        const auto c = static_cast<unsigned char>(s[i]);
        std::size_t length = c < 0x80                ? 1
                             : c >= 0xC2 && c < 0xE0 ? 2
                             : c >= 0xE0 && c < 0xF0 ? 3
                             : c >= 0xF0 && c < 0xF5 ? 4
                                                     : 0;
        if (length > s.size() - i) length = 0;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(s[i + k]) & 0xC0) != 0x80) length = 0;
        if (length >= 3) {
            // Neither overlong forms, nor surrogates, nor what lies past U+10FFFF.
            const auto d = static_cast<unsigned char>(s[i + 1]);
            if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) ||
                (c == 0xF4 && d > 0x8F))
                length = 0;
            // U+FFFE and U+FFFF are no characters in XML.
            if (c == 0xEF && d == 0xBF && static_cast<unsigned char>(s[i + 2]) >= 0xBE) length = 0;
        }
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++i;
        } else if (length == 1) {
            out += c == '\n' || (c >= 0x20 && c != 0x7F) ? s[i] : ' ';
            ++i;
        } else {
            out += s.substr(i, length);
            i += length;
        }
    }
    return out;
}

/// At most `bytes` of valid UTF-8, cut between characters and marked with "…".
inline std::string cut(std::string s, std::size_t bytes) {
    if (s.size() <= bytes) return s;
    std::size_t end = bytes < 3 ? 0 : bytes - 3;
    while (end > 0 && (static_cast<unsigned char>(s[end]) & 0xC0) == 0x80) --end;
    s.resize(end);
    return s + "…";
}

/// A quoted string: dot shows exactly this text. Backslashes are doubled, lines stay lines.
inline std::string quote(std::string_view s) {
    std::string body;
    for (char c : repaired(s)) {
        if (c == '"' || c == '\\') body += '\\';
        if (c == '\n')
            body += "\\n";
        else if (c == '&')
            body += "&amp;";  // dot reads entities in labels and tooltips
        else
            body += c;
    }
    if (body.size() > limit) {
        body = cut(std::move(body), limit);
        // A backslash that lost its partner would make an escape of the mark.
        const std::size_t end = body.size() - 3;
        std::size_t slashes = 0;
        while (slashes < end && body[end - 1 - slashes] == '\\') ++slashes;
        if (slashes % 2 == 1) body.erase(end - 1, 1);
    }
    return '"' + body + '"';
}

/// Text inside an HTML label, at most `characters` bytes of it.
inline std::string html(std::string_view s, std::size_t bytes = 200) {
    std::string out;
    for (char c : cut(repaired(s), bytes)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\n':
                out += ' ';
                break;
            default:
                out += c;
        }
    }
    return out.empty() ? " " : out;
}

/// An id for the SVG: letters, digits, '-', '_', '.'; everything else becomes '-'.
inline std::string id(std::string_view s) {
    std::string out;
    for (char c : s.substr(0, 200)) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                          c == '.' || c == '-';
        out += good ? c : '-';
    }
    return out.empty() || (out[0] >= '0' && out[0] <= '9') || out[0] == '-' || out[0] == '.' ? "_" + out : out;
}

}  // namespace dot_text

/// An attribute: a plain value that the writer quotes, or an HTML label that is already escaped.
struct dot_attribute {
    std::string_view key;
    std::string value;
    bool is_html = false;
};
inline dot_attribute html_label(std::string value) { return {"label", std::move(value), true}; }

/// Attributes under construction; a later value of a key replaces the earlier one.
struct dot_attributes {
    std::vector<dot_attribute> list;

    dot_attributes() = default;
    dot_attributes(std::initializer_list<dot_attribute> l) : list(l) {}
    dot_attributes& set(std::string_view key, std::string_view value) { return set({key, std::string(value), false}); }
    dot_attributes& set(dot_attribute a) {
        for (dot_attribute& old : list)
            if (old.key == a.key) {
                old = std::move(a);
                return *this;
            }
        list.push_back(std::move(a));
        return *this;
    }
    bool has(std::string_view key) const {
        for (const dot_attribute& a : list)
            if (a.key == key) return true;
        return false;
    }
};

/// Writes one graph. What comes out depends on the calls alone: sorted attributes, one statement a line.
class dot_writer {
  public:
    /// `kind` becomes the class of the picture.
    dot_writer(std::string_view kind, theme t, dot_attributes graph) : theme_(t) {
        out_ = "digraph " + dot_text::quote(kind) + " {\n";
        const theme_style& colours = look(t);
        dot_attributes all{{"bgcolor", std::string(colours.background)},
                           {"class", std::string(kind)},
                           {"color", std::string(colours.free)},
                           {"fontcolor", std::string(colours.free)},
                           {"fontname", std::string(text_font)},
                           {"fontsize", "11"},
                           {"id", "diagram"},
                           {"pad", "0.2"},
                           {"tooltip", " "}};
        for (dot_attribute& a : graph.list) all.set(std::move(a));
        statement("graph", std::move(all), false);
        statement("node",
                  {{"fontcolor", std::string(look(role::operation).ink)},
                   {"fontname", std::string(text_font)},
                   {"fontsize", "13"},
                   {"penwidth", "1.5"}},
                  false);
        statement("edge",
                  {{"arrowsize", "0.75"},
                   {"color", std::string(colours.free)},
                   {"fontcolor", std::string(colours.free)},
                   {"fontname", std::string(shape_font)},
                   {"fontsize", "10"},
                   {"penwidth", "1.3"}},
                  false);
    }

    /// A node in the looks of its role; `own` adds to them or replaces them.
    void node(std::string_view name, role r, dot_attributes own) {
        const role_style& s = look(r);
        dot_attributes all{{"class", std::string(s.name)},
                           {"color", ink(s.border)},
                           {"fillcolor", fill(r)},
                           {"shape", std::string(s.shape)},
                           {"style", std::string(s.style)}};
        if (s.ink != look(role::operation).ink) all.set("fontcolor", s.ink);
        for (dot_attribute& a : own.list) all.set(std::move(a));
        statement(name, std::move(all), true);
        ++nodes_;
    }
    /// A node without the looks of a role: a card, a lane's name.
    void plain_node(std::string_view name, dot_attributes own) {
        dot_attributes all{{"shape", "plain"}};
        for (dot_attribute& a : own.list) all.set(std::move(a));
        statement(name, std::move(all), true);
        ++nodes_;
    }
    void edge(std::string_view from, std::string_view to, dot_attributes own) {
        statement(std::string(from) + " -> " + std::string(to), std::move(own), true);
        ++edges_;
    }
    /// An edge that nobody sees: it only orders things.
    void invisible(std::string_view from, std::string_view to, std::string_view weight = "1") {
        statement(std::string(from) + " -> " + std::string(to), {{"style", "invis"}, {"weight", std::string(weight)}},
                  false);
    }
    void open_cluster(std::string_view name, dot_attributes own) {
        indent();
        out_ += "subgraph " + dot_text::quote("cluster_" + std::string(name)) + " {\n";
        ++depth_;
        if (!own.has("tooltip")) own.set("tooltip", " ");
        statement("graph", std::move(own), false);
    }
    void close_cluster() {
        --depth_;
        indent();
        out_ += "}\n";
    }
    /// These nodes stand in one row (or column, where the graph runs from left to right).
    void same_rank(const std::vector<std::string>& names) {
        if (names.size() < 2) return;
        indent();
        out_ += "{rank=same;";
        for (const std::string& n : names) out_ += " " + n + ";";
        out_ += "}\n";
    }
    void comment(std::string_view text) {
        indent();
        out_ += "// " + dot_text::html(text) + "\n";
    }

    /// The whole text. Nothing may be written afterwards.
    std::string finish() { return std::move(out_ += "}\n"); }

    int nodes() const { return nodes_; }
    int edges() const { return edges_; }
    const theme_style& colours() const { return look(theme_); }
    std::string fill(role r) const { return std::string(fill_in(theme_, r)); }
    std::string ink(std::string_view border) const {
        return std::string(theme_ == theme::print ? std::string_view("#24292F") : border);
    }
    theme in() const { return theme_; }

  private:
    void indent() { out_.append(static_cast<std::size_t>(2 * depth_), ' '); }
    void statement(std::string_view head, dot_attributes attributes, bool visible) {
        if (visible && !attributes.has("tooltip")) attributes.set("tooltip", " ");
        auto& list = attributes.list;
        for (std::size_t i = 1; i < list.size(); ++i)  // insertion sort: a handful of attributes
            for (std::size_t k = i; k > 0 && list[k].key < list[k - 1].key; --k) std::swap(list[k], list[k - 1]);
        indent();
        out_ += head;
        out_ += " [";
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) out_ += ", ";
            out_ += list[i].key;
            out_ += '=';
            if (list[i].is_html && list[i].value.size() <= dot_text::limit)
                out_ += '<' + list[i].value + '>';
            else
                out_ += dot_text::quote(list[i].is_html ? std::string_view("…") : std::string_view(list[i].value));
        }
        out_ += "]\n";
    }

    theme theme_;
    std::string out_;
    int depth_ = 1;
    int nodes_ = 0;
    int edges_ = 0;
};

/// A legend as a root label: the one place that never disturbs the layout. Only what occurs is explained.
class dot_legend {
  public:
    void add(role r) {
        for (role old : roles_)
            if (look(old).legend == look(r).legend) return;
        roles_.push_back(r);
    }
    /// A sign that is no role: "①②", "operand order". Its colour is that of free text unless another is given.
    void add(std::string_view sign, std::string_view words, std::string_view colour = {}) {
        for (const auto& s : signs_)
            if (s.words == words) return;
        signs_.push_back({std::string(sign), std::string(words), std::string(colour)});
    }
    /// The table, `per_row` entries in a row; roles stand in the order of the palette.
    std::string table(const dot_writer& w, std::size_t per_row = 6) const { return table(w.in(), per_row); }
    std::string table(theme t, std::size_t per_row) const {
        std::vector<std::string> cells;
        for (const role_style& s : palette) {
            bool used = false;
            for (role r : roles_) used = used || r == s.of;
            if (!used) continue;
            if (t == theme::print) {  // white swatches would tell nothing
                cells.push_back("<TD></TD><TD ALIGN=\"LEFT\"><B>" + std::string(s.legend) + "</B> " +
                                std::string(s.in_words) + "  </TD>");
                continue;
            }
            cells.push_back("<TD BGCOLOR=\"" + std::string(s.fill) + "\" BORDER=\"1\" COLOR=\"" +
                            std::string(s.border) + "\" WIDTH=\"22\"></TD><TD ALIGN=\"LEFT\">" + std::string(s.legend) +
                            "  </TD>");
        }
        for (const sign& s : signs_) {
            const std::string shown = dot_text::html(s.text);
            cells.push_back(
                "<TD>" + (s.colour.empty() ? shown : "<FONT COLOR=\"" + s.colour + "\"><B>" + shown + "</B></FONT>") +
                "</TD><TD ALIGN=\"LEFT\">" + dot_text::html(s.words) + "  </TD>");
        }
        if (cells.empty()) return {};
        std::string out = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"2\">";
        for (std::size_t i = 0; i < cells.size(); i += per_row) {
            out += "<TR>";
            for (std::size_t k = i; k < i + per_row && k < cells.size(); ++k) out += cells[k];
            out += "</TR>";
        }
        return out + "</TABLE>";
    }

  private:
    struct sign {
        std::string text, words, colour;
    };
    std::vector<role> roles_;
    std::vector<sign> signs_;
};

}  // namespace gradus
