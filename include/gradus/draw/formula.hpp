// SPDX-License-Identifier: BSL-1.0
// Formulas as a person writes them, from the graph: `transpose(softmax(z) - y) x / batch`. One writer serves plain
// text, Unicode and LaTeX; how tightly each operation binds comes from the table of operations.
#pragma once
#include <gradus/draw/names.hpp>
#include <charconv>

namespace gradus {

/// How a formula is laid out.
struct formula_options {
    bool unicode = false;    ///< `text`: W₁ᵀ and ⊙ instead of plain ASCII
    bool where = true;       ///< name the parts that are used twice or make a line long, and explain them below
    std::size_t width = 48;  ///< a line longer than this is long, in characters
};

namespace drawing {

/// A number in the fewest digits that give it back; a value that came from a float, as that float: 0.1.
inline std::string shortest(double v) {
    if (v != v) return "nan";
    if (v > 1.7e308) return "inf";
    if (v < -1.7e308) return "-inf";
    char digits[64];
    const bool is_float = v < 3e38 && v > -3e38 && static_cast<double>(static_cast<float>(v)) == v;
    const auto end = is_float ? std::to_chars(digits, digits + sizeof digits, static_cast<float>(v)).ptr
                              : std::to_chars(digits, digits + sizeof digits, v).ptr;
    std::string out(digits, end);
    if (out.size() > 4 && (v >= 1 || v <= -1) && v < 1e15 && v > -1e15 &&
        v == static_cast<double>(static_cast<std::int64_t>(v)))
        return std::to_string(static_cast<std::int64_t>(v));  // 100000, not 1e+05
    return out;
}

/// A number for the eye: at most six digits.
inline std::string rounded(double v) {
    std::string exact = shortest(v);
    if (exact.size() <= 8 || v != v || v > 1.7e308 || v < -1.7e308) return exact;
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, v, std::chars_format::general, 6).ptr;
    return std::string(digits, end);
}

/// The number of characters of UTF-8 text.
inline std::size_t characters(std::string_view s) {
    std::size_t n = 0;
    for (char c : s) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return n;
}

/// A constant as a factor: -2 batch / 10 is {minus, "2 batch", "10"}; empty stands for 1.
struct factor {
    bool minus = false;
    std::string above;
    std::string below;
};

inline factor as_factor(graph_view g, const node& n, notation form) {
    factor f;
    f.minus = n.attrs.value < 0;
    const double v = f.minus ? -n.attrs.value : n.attrs.value;
    const std::string_view gap = form == notation::tex ? " \\, " : " ";
    const auto join = [&](std::string& to, std::string_view part) {
        if (!to.empty()) to += gap;
        to += part;
    };
    bool below = false;
    for (std::int8_t p : n.attrs.powers) below = below || p < 0;
    std::string number = form == notation::plain ? shortest(v) : rounded(v);
    // A fraction where that is shorter: 1 / 3, and 1 / (10 batch) rather than 0.1 / batch.
    if ((number.size() > 6 || (below && v != 0)) && v < 1e9 && v > 1e-12) {
        for (int q = 1; q <= 1024; ++q) {
            const double p = v * q;
            const double whole = static_cast<double>(static_cast<std::int64_t>(p + 0.5));
            const double off = p > whole ? p - whole : whole - p;
            // 1e-7: a third that was rounded to a float is still a third.
            if (whole < 1 || off > 1e-7 * whole || (whole > 1000 && q > 1)) continue;
            if (whole != 1) f.above = std::to_string(static_cast<std::int64_t>(whole));
            if (q != 1) f.below = std::to_string(q);
            number.clear();
            break;
        }
        const double inverse = 1 / v;  // 1 / 10000
        const double whole = static_cast<double>(static_cast<std::int64_t>(inverse + 0.5));
        if (!number.empty() && whole > 1 && (inverse > whole ? inverse - whole : whole - inverse) < 1e-7 * whole) {
            f.below = std::to_string(static_cast<std::int64_t>(whole));
            number.clear();
        }
    }
    if (!number.empty() && number != "1") {
        const std::size_t e = number.find('e');
        if (form == notation::tex && e != std::string::npos) {
            const std::string power = number.substr(number[e + 1] == '+' ? e + 2 : e + 1);
            number = number.substr(0, e) + " \\cdot 10^{" + power + "}";
        }
        f.above = number;
    }
    if (n.attrs.literal > 0) {
        f.above = n.name ? std::string(n.name) : "c" + std::to_string(n.attrs.literal);
        if (n.name && form == notation::tex) f.above = tex_word(f.above);
    }
    for (std::size_t i = 0; i < std::size(n.attrs.powers) && i < g.symbols.size(); ++i) {
        const int power = n.attrs.powers[i];
        if (power == 0) continue;
        const int size = power < 0 ? -power : power;
        std::string name = form == notation::tex ? tex_word(g.symbols[i]) : std::string(g.symbols[i]);
        if (form == notation::unicode && (name == "batch" || name == "n")) name = "N";
        if (size > 1) {
            if (form == notation::plain) name += "^" + std::to_string(size);
            if (form == notation::unicode) name += superscript(std::to_string(size));
            if (form == notation::tex) name += "^{" + std::to_string(size) + "}";
        }
        join(power < 0 ? f.below : f.above, name);
    }
    return f;
}

/// What a written part is, where its binding alone does not tell: a b * c would mislead, so the two kinds of product
/// never mix without brackets.
enum class product_kind : std::uint8_t { none, elementwise, matrix, ratio, scaled };

/// A part of a formula that has been written.
struct piece {
    std::string text;
    binding tight = binding::call;
    product_kind product = product_kind::none;
    bool minus = false;  ///< starts with a minus sign that belongs to the whole
    bool atom = true;    ///< a name or a number, nothing to bracket ever
};

/// Writes nodes as text. Nodes that have a name in `names` are written by it, except the one that is asked for.
class formula_writer {
  public:
    formula_writer(graph_view g, notation form, const std::vector<value_name>& names, bool bare_calls = false)
        : g_(g), form_(form), names_(names), bare_(bare_calls), pieces_(at(g.size())), line_of_(at(g.size()), 0) {}

    /// The formula of `root`, from the bottom up without recursion: graphs are deep.
    std::string write(node_id root) {
        // Only the nodes of this formula are looked at: a long graph has many lines.
        ++line_;
        needed_.clear();
        node_id lowest = root;
        line_of_[at(root)] = line_;
        for (node_id i = root; i >= lowest; --i) {
            if (line_of_[at(i)] != line_ || (i != root && ends_here(i))) continue;
            for (node_id operand : g_[i].uses()) {
                if (operand >= i || line_of_[at(operand)] == line_) continue;
                line_of_[at(operand)] = line_;
                needed_.push_back(operand);
                if (ends_here(operand))
                    pieces_[at(operand)] =
                        named(operand) ? piece{spell(names_[at(operand)], form_)} : built(g_[operand]);
                else if (operand < lowest)
                    lowest = operand;
            }
        }
        for (node_id i = lowest; i <= root; ++i) {
            if (line_of_[at(i)] != line_ || (i != root && ends_here(i))) continue;
            if (g_[i].is_leaf() && named(i))
                pieces_[at(i)] = {spell(names_[at(i)], form_)};
            else
                pieces_[at(i)] = built(g_[i]);
            if (pieces_[at(i)].text.size() > limit) pieces_[at(i)] = {"…"};
        }
        for (std::size_t i = 1; i < needed_.size(); ++i)  // nearly in order
            for (std::size_t k = i; k > 0 && needed_[k] > needed_[k - 1]; --k) std::swap(needed_[k], needed_[k - 1]);
        return pieces_[at(root)].text;
    }
    /// The text of a part of the last formula.
    const std::string& part(node_id i) const { return pieces_[at(i)].text; }
    /// The nodes that the last formula is made of, without the root, the newest first.
    const std::vector<node_id>& needed() const { return needed_; }

    /// A formula whose parts are not named may not grow without end: 40 levels that each use their input twice.
    static constexpr std::size_t limit = 16000;

  private:
    bool ends_here(node_id i) const { return named(i) || g_[i].is_leaf(); }
    bool named(node_id i) const { return static_cast<bool>(names_[at(i)]); }
    bool tex() const { return form_ == notation::tex; }
    bool plain() const { return form_ == notation::plain; }

    std::string bracketed(const std::string& s) const { return tex() ? "\\left(" + s + "\\right)" : "(" + s + ")"; }
    /// The text of a part in a place that wants at least `least`; a minus needs brackets on the right of a sign.
    std::string held(const piece& p, binding least, bool on_right) const {
        return p.tight < least || (on_right && p.minus) ? bracketed(p.text) : p.text;
    }
    static piece joined(std::string text, binding tight, product_kind kind, bool minus) {
        return {std::move(text), tight, kind, minus, false};
    }
    std::string_view sign(op o) const {
        const operation_info& row = info(o);
        if (tex()) return row.latex;
        if (form_ == notation::unicode) {
            switch (o) {
                case op::mul:
                    return " ⊙ ";
                case op::sub:
                    return " − ";
                case op::less_equal:
                    return " ≤ ";
                case op::greater_equal:
                    return " ≥ ";
                case op::equal:
                    return " = ";
                case op::not_equal:
                    return " ≠ ";
                default:
                    break;
            }
        }
        return row.text;
    }
    std::string minus_sign() const { return form_ == notation::unicode ? "−" : "-"; }
    /// A part without the minus that it starts with.
    std::string without_minus(const piece& p) const { return p.text.substr(minus_sign().size()); }
    /// Whether `p` can stand after a plus as a minus: a + -b is a - b.
    static bool can_flip(const piece& p) { return p.minus && p.tight >= binding::product; }

    piece built(const node& n) const {
        const auto operand = [&](std::size_t k) -> const piece& { return pieces_[at(n.operands[k])]; };
        switch (n.operation) {
            case op::input:
            case op::parameter:
                return {n.name ? n.name : "?"};
            case op::constant:
                return constant(n);
            case op::neg:
                return negative(operand(0));
            case op::add:
            case op::sub:
                return sum(n);
            case op::mul:
                return product(n);
            case op::div:
                return quotient(n);
            case op::pow:
                return power(n);
            case op::matmul:
                return matrix_product(n);
            case op::permute:
                return permuted(n, operand(0));
            case op::reshape:
            case op::broadcast:
                return call(n, {operand(0).text, shape(n.shape)});
            case op::sum:
            case op::mean:
            case op::max:
            case op::argmax:
                return reduced(n, operand(0));
            case op::softmax:
            case op::log_softmax:
                return along(n, operand(0));
            case op::sqrt:
                if (tex()) return joined("\\sqrt{" + operand(0).text + "}", binding::call, product_kind::none, false);
                break;
            case op::abs:
                if (tex()) return {"\\left|" + operand(0).text + "\\right|"};
                if (!plain()) return {"|" + operand(0).text + "|"};
                break;
            default:
                break;
        }
        if (info(n.operation).tightness == binding::comparison)
            return joined(held(operand(0), binding::sum, false) + std::string(sign(n.operation)) +
                              held(operand(1), binding::sum, true),
                          binding::comparison, product_kind::none, operand(0).minus);
        if (bare_ && n.arity == 1 && operand(0).atom)
            return joined(function(n) + " " + operand(0).text, binding::prefix, product_kind::none, false);
        std::vector<std::string> arguments;
        for (std::size_t k = 0; k < n.uses().size(); ++k) arguments.push_back(operand(k).text);
        return call(n, arguments);
    }

    /// The name of a function: the table's, or its sign in Unicode where that is a letter.
    std::string function(const node& n) const {
        const operation_info& row = info(n.operation);
        if (tex()) return std::string(row.latex);
        if (form_ == notation::unicode) {
            if (n.is(op::sigmoid)) return "σ";
            if (n.is(op::sqrt)) return "√";
            if (n.is(op::maximum)) return "max";
            if (n.is(op::minimum)) return "min";
            if (bare_ && is_loss_of_rows(n.operation)) return n.is(op::binary_cross_entropy_with_logits) ? "BCE" : "CE";
            if (n.is(op::binary_cross_entropy_with_logits)) return "bce";
        }
        return std::string(row.name);
    }
    piece call(const node& n, const std::vector<std::string>& arguments) const {
        std::string inside;
        for (const std::string& a : arguments) inside += (inside.empty() ? "" : ", ") + a;
        return joined(function(n) + bracketed(inside), binding::call, product_kind::none, false);
    }
    std::string shape(const dims& d) const {
        if (form_ == notation::unicode) return short_shape(d);
        const std::string plain_text = shape_text(d);
        return tex() ? "\\mathrm{" + tex_escaped(plain_text) + "}" : plain_text;
    }

    piece from_factor(const factor& f) const {
        std::string text = f.above.empty() ? "1" : f.above;
        const bool several = text.find(' ') != std::string::npos;
        if (f.below.empty()) {
            if (f.minus) return joined(minus_sign() + text, binding::prefix, product_kind::none, true);
            if (several) return joined(text, binding::product, product_kind::scaled, false);
            return {text};
        }
        if (tex())
            text = "\\frac{" + text + "}{" + f.below + "}";
        else
            text += " / " + divisor(f.below);
        return joined((f.minus ? minus_sign() : "") + text, tex() ? binding::prefix : binding::product,
                      product_kind::ratio, f.minus);
    }
    piece constant(const node& n) const { return from_factor(as_factor(g_, n, form_)); }
    std::string divisor(const std::string& below) const {
        return below.find(' ') != std::string::npos ? bracketed(below) : below;
    }

    piece negative(const piece& a) const {
        if (can_flip(a)) {
            piece p = a;
            p.text = without_minus(a);
            p.minus = false;
            return p;
        }
        const std::string inside = held(a, binding::product, true);
        const bool kept = inside == a.text;
        return joined(minus_sign() + inside, kept && a.tight < binding::prefix ? a.tight : binding::prefix,
                      kept ? a.product : product_kind::none, true);
    }

    piece sum(const node& n) const {
        const piece* a = &pieces_[at(n.operands[0])];
        const piece* b = &pieces_[at(n.operands[1])];
        bool subtract = n.is(op::sub);
        if (!subtract) {
            // People write x W + b and x + 1, in whatever order the graph keeps the operands; b - a, not -a + b.
            const node& first = g_[n.operands[0]];
            const node& second = g_[n.operands[1]];
            const bool bias_first =
                first.is(op::parameter) && !second.is_leaf() && first.shape.rank < second.shape.rank;
            const bool constant_first = first.is(op::constant) && !second.is(op::constant);
            if (bias_first || constant_first || (a->minus && !b->minus)) std::swap(a, b);
        }
        const bool flip = can_flip(*b);
        std::string right;
        if (flip) {
            subtract = !subtract;
            right = without_minus(*b);
        } else {
            right = held(*b, subtract ? binding::product : binding::sum, true);
        }
        return joined(held(*a, binding::sum, false) + std::string(sign(subtract ? op::sub : op::add)) + right,
                      binding::sum, product_kind::none, a->minus);
    }

    /// A part times a constant: `2 x`, `x / batch`, `-2 x / (10 batch)`.
    piece scaled(const factor& f, const piece& x) const {
        const bool minus = f.minus != can_flip(x);
        std::string text = can_flip(x) ? without_minus(x) : x.text;
        const bool in_fraction = tex() && !f.below.empty();
        const bool bracket = x.tight < binding::product || (x.minus && !can_flip(x));
        if (bracket && !(in_fraction && f.above.empty())) text = bracketed(text);
        if (!f.above.empty()) {
            const bool digit = is_digit(text[0]);
            const std::string_view gap = digit ? (tex()     ? " \\cdot "
                                                  : plain() ? " * "
                                                            : " · ")
                                               : std::string_view(tex() ? " \\, " : " ");
            text = f.above + std::string(gap) + text;
        }
        product_kind kind = x.tight > binding::product || bracket ? product_kind::scaled : x.product;
        if (f.above.empty() && f.below.empty() && !minus) return x;
        if (f.above.empty() && f.below.empty()) return negative(x);
        if (!f.below.empty()) {
            kind = product_kind::ratio;
            text = in_fraction ? "\\frac{" + text + "}{" + f.below + "}" : text + " / " + divisor(f.below);
        }
        return joined((minus ? minus_sign() : "") + text, in_fraction ? binding::prefix : binding::product, kind,
                      minus);
    }

    piece product(const node& n) const {
        const node_id a = n.operands[0];
        const node_id b = n.operands[1];
        if (a == b && !g_[a].is(op::constant)) return raised(pieces_[at(a)], 2);
        for (int k = 0; k < 2; ++k) {
            const node_id c = k == 0 ? a : b;
            const node_id x = k == 0 ? b : a;
            if (!is_scaled_constant(g_, c) || named(c)) continue;
            return scaled(as_factor(g_, g_[below_copies(g_, c)], form_), pieces_[at(x)]);
        }
        const bool swap = is_gradient(g_, b) && !is_gradient(g_, a) && named(b);
        const piece& left = pieces_[at(swap ? b : a)];
        const piece& right = pieces_[at(swap ? a : b)];
        const bool left_bare = left.tight >= binding::product && left.product != product_kind::matrix;
        const bool right_bare =
            !right.minus && (right.tight > binding::product ||
                             (right.tight == binding::product && right.product == product_kind::elementwise));
        return joined((left_bare ? left.text : bracketed(left.text)) + std::string(sign(op::mul)) +
                          (right_bare ? right.text : bracketed(right.text)),
                      binding::product, product_kind::elementwise, left_bare && left.minus);
    }

    piece quotient(const node& n) const {
        const node_id a = n.operands[0];
        const node_id b = n.operands[1];
        const piece& left = pieces_[at(a)];
        const piece& right = pieces_[at(b)];
        if (is_scaled_constant(g_, b) && !named(b)) {
            factor f = as_factor(g_, g_[below_copies(g_, b)], form_);
            std::swap(f.above, f.below);
            return scaled(f, left);
        }
        if (tex())
            return joined("\\frac{" + left.text + "}{" + right.text + "}", binding::prefix, product_kind::ratio, false);
        const bool right_bare = right.tight > binding::product && !right.minus;
        return joined(held(left, binding::product, false) + " / " + (right_bare ? right.text : bracketed(right.text)),
                      binding::product, product_kind::ratio, left.minus && left.tight >= binding::product);
    }

    piece raised(const piece& base, int exponent) const {
        const std::string digits = std::to_string(exponent);
        const std::string text = held(base, binding::call, true);
        if (tex()) return joined(text + "^{" + digits + "}", binding::power, product_kind::none, false);
        return joined(text + (plain() ? "^" + digits : superscript(digits)), binding::power, product_kind::none, false);
    }
    piece power(const node& n) const {
        const piece& base = pieces_[at(n.operands[0])];
        const piece& exponent = pieces_[at(n.operands[1])];
        const node& c = g_[below_views(g_, n.operands[1])];
        bool plain_number = c.is(op::constant) && c.attrs.literal == 0;
        for (std::int8_t p : c.attrs.powers) plain_number = plain_number && p == 0;
        if (plain_number) {
            const double v = c.attrs.value;
            if (v == 0.5 || v == -0.5) {
                const std::string root = tex()     ? "\\sqrt{" + base.text + "}"
                                         : plain() ? "sqrt(" + base.text + ")"
                                                   : "√" + (base.atom ? base.text : "(" + base.text + ")");
                if (v > 0) return joined(root, binding::call, product_kind::none, false);
                return inverse(root);
            }
            if (v == -1) return inverse(tex() ? base.text : held(base, binding::prefix, true));
            if (v == static_cast<double>(static_cast<int>(v)) && v > -100 && v < 100) {
                if (v > 0) return raised(base, static_cast<int>(v));
                return inverse(raised(base, static_cast<int>(-v)).text);
            }
        }
        const std::string text = held(base, binding::call, true);
        if (tex()) return joined(text + "^{" + exponent.text + "}", binding::power, product_kind::none, false);
        return joined(text + "^" + held(exponent, binding::call, true), binding::power, product_kind::none, false);
    }
    piece inverse(const std::string& below) const {
        if (tex()) return joined("\\frac{1}{" + below + "}", binding::prefix, product_kind::ratio, false);
        return joined("1 / " + below, binding::product, product_kind::ratio, false);
    }

    piece matrix_product(const node& n) const {
        const piece& left = pieces_[at(n.operands[0])];
        const piece& right = pieces_[at(n.operands[1])];
        const bool left_bare = left.tight > binding::product ||
                               (left.tight == binding::product &&
                                (left.product == product_kind::matrix || left.product == product_kind::scaled));
        const bool right_bare = right.tight > binding::product && !right.minus;
        std::string gap(sign(op::matmul));
        // A dot where ∂ or a bracket would be taken for part of its neighbour.
        if (form_ == notation::unicode && (shows_gradient(n.operands[0]) || shows_gradient(n.operands[1]))) gap = " · ";
        return joined(
            (left_bare ? left.text : bracketed(left.text)) + gap + (right_bare ? right.text : bracketed(right.text)),
            binding::product, product_kind::matrix, left_bare && left.minus);
    }
    bool shows_gradient(node_id i) const {
        if (!named(i)) i = below_views(g_, i);
        return named(i) && names_[at(i)].derivative > 0;
    }

    piece permuted(const node& n, const piece& a) const {
        if (is_transpose(n)) {
            const node& inner = g_[n.operands[0]];
            if (is_transpose(inner) && !named(n.operands[0])) return pieces_[at(inner.operands[0])];
            if (plain()) return {"transpose(" + a.text + ")", binding::call, product_kind::none, false, false};
            const std::string base = held(a, binding::call, true);
            return joined(base + (tex() ? "^{\\top}" : "ᵀ"), tex() ? binding::power : binding::call, product_kind::none,
                          false);
        }
        std::string order;
        for (int i = 0; i < n.shape.rank; ++i) {
            if (i > 0) order += ", ";
            order += std::to_string(n.attrs.order[i]);
        }
        return call(n, {a.text, "(" + order + ")"});
    }

    /// The dimensions in a mask as text: "0" or "(0, 1)".
    static std::string axes(int mask) {
        std::string out;
        int count = 0;
        for (int i = 0; i < max_rank; ++i) {
            if (!(mask & (1 << i))) continue;
            out += (count++ ? ", " : "") + std::to_string(i);
        }
        return count == 1 ? out : "(" + out + ")";
    }
    piece reduced(const node& n, const piece& a) const {
        const dims& from = g_[n.operands[0]].shape;
        const bool all = n.attrs.axes == (1 << from.rank) - 1;
        if (plain()) {
            std::vector<std::string> arguments{a.text};
            if (!all) arguments.push_back("axis=" + axes(n.attrs.axes));
            if (n.attrs.keep) arguments.emplace_back("keepdims");
            return call(n, arguments);
        }
        // Below the sign: the dimensions by name where they have one.
        std::string index;
        for (int i = 0; i < from.rank && !all; ++i) {
            if (!(n.attrs.axes & (1 << i))) continue;
            if (tex())
                index += (index.empty() ? "" : ", ") + (from[i].name ? tex_word(from[i].name) : std::to_string(i));
            else
                index += short_shape({from[i]}) == "N" ? "ₙ" : subscript(std::to_string(i));
        }
        if (tex() && !index.empty()) index = "_{" + index + "}";
        const std::string head = (n.is(op::sum) ? (tex() ? "\\sum" : "Σ") : function(n)) + index;
        const bool bare = n.is(op::sum) ? a.tight > binding::prefix && !a.minus : bare_ && a.atom;
        if (!bare) return joined(head + bracketed(a.text), binding::call, product_kind::none, false);
        return joined(head + " " + a.text, binding::prefix, product_kind::none, false);
    }
    piece along(const node& n, const piece& a) const {
        const bool last = n.attrs.axes == 0 || n.attrs.axes == 1 << (n.shape.rank - 1);
        if (last && bare_ && a.atom)
            return joined(function(n) + " " + a.text, binding::prefix, product_kind::none, false);
        if (last) return call(n, {a.text});
        if (plain()) return call(n, {a.text, "axis=" + axes(n.attrs.axes)});
        const std::string at_axis = tex() ? "_{" + axes(n.attrs.axes) + "}" : subscript(axes(n.attrs.axes));
        return joined(function(n) + at_axis + bracketed(a.text), binding::call, product_kind::none, false);
    }

    graph_view g_;
    notation form_;
    const std::vector<value_name>& names_;
    bool bare_;
    std::vector<piece> pieces_;
    std::vector<node_id> needed_;
    std::vector<int> line_of_;  ///< the last line that used each node
    int line_ = 0;
};

/// How gladly a value is given a name in a formula: a sum with a bias first, then what else a person would name.
inline int naming_rank(const std::string& letters) {
    if (letters == "z" || letters == "h" || letters == "ŷ") return 3;
    if (letters == "a" || letters == "L" || letters == "l") return 2;
    if (letters == "u") return 0;
    return 1;
}

/// A formula and the lines that explain its parts, each "name = formula", in the order of their first use.
struct formula_lines {
    std::string formula;
    std::vector<std::string> where;
};

inline formula_lines formula_of(graph_view g, node_id root, notation form, const formula_options& options) {
    const user_lists users(g);
    const gradient_map gradients(g, users);
    std::vector<char> wanted(at(g.size()), 0);
    std::vector<char> reachable(at(root) + 1, 0);
    reachable[at(root)] = 1;
    std::vector<int> uses(at(root) + 1, 0);
    for (node_id i = root; i >= 0; --i) {
        if (!reachable[at(i)]) continue;
        for (node_id operand : g[i].uses()) {
            if (operand >= i) continue;
            reachable[at(operand)] = 1;
            ++uses[at(operand)];
        }
    }
    const auto worth_a_name = [&](node_id i) {
        return !g[i].is_leaf() && i != root && !is_scaled_constant(g, i) && !g[below_views(g, i)].is_leaf() &&
               !g[i].is(op::one_hot);
    };
    if (options.where)
        for (node_id i = 0; i < root; ++i)
            if (reachable[at(i)] && uses[at(i)] > 1 && worth_a_name(i) && !g[i].is(op::permute)) wanted[at(i)] = 1;

    std::vector<value_name> names;
    std::vector<node_id> lines;
    formula_lines out;
    bool writing = false;
    for (int pass = 0;; ++pass) {
        // What gets a name is chosen in plain text, so all notations have the same lines; the last pass writes.
        names = name_values(g, wanted, leaf_names::full, writing ? form : notation::plain);
        formula_writer writer(g, writing ? form : notation::plain, names);
        // The lines in order of first use: the formula, then what it names, and so on.
        lines.assign(1, root);
        std::vector<char> listed(at(root) + 1, 0);
        out.where.clear();
        bool changed = false;
        for (std::size_t k = 0; k < lines.size(); ++k) {
            const node_id line = lines[k];
            std::string text = writer.write(line);
            for (node_id i : writer.needed()) {
                if (!wanted[at(i)] || listed[at(i)]) continue;
                listed[at(i)] = 1;
                lines.push_back(i);
            }
            if (options.where && !writing && pass < 64 && characters(text) > options.width) {
                node_id best = no_node;
                int best_rank = -1;
                std::size_t best_size = 0;
                for (auto it = writer.needed().rbegin(); it != writer.needed().rend(); ++it) {
                    const node_id i = *it;
                    if (wanted[at(i)] || !worth_a_name(i)) continue;
                    const std::size_t size = characters(writer.part(i));
                    std::string letters = is_prediction(g, users, i) ? "ŷ" : letters_for(g, i);
                    if (gradients.owner[at(i)] != no_node) letters = "u";
                    const int rank = naming_rank(letters);
                    // A name without a meaning must leave something of the line.
                    if (size < 8 || size + (rank > 1 ? 4 : 16) > characters(text)) continue;
                    if (rank < best_rank || (rank == best_rank && size <= best_size)) continue;
                    best = i;
                    best_rank = rank;
                    best_size = size;
                }
                if (best != no_node) {
                    wanted[at(best)] = 1;
                    changed = true;
                }
            }
            if (k == 0)
                out.formula = std::move(text);
            else
                out.where.push_back(spell(names[at(line)], form) + " = " + text);
        }
        if (writing) return out;
        writing = !changed;
    }
}

}  // namespace drawing

/// The value of a node as a formula: `transpose(softmax(z) - y) x / batch`, and on lines below what z is. A product of
/// matrices is written side by side, an elementwise one with *.
///
///     text(g, g.outputs[1].node)
inline std::string text(graph_view g, node_id n, const formula_options& options = {}) {
    const notation form = options.unicode ? notation::unicode : notation::plain;
    const drawing::formula_lines lines = drawing::formula_of(g, n, form, options);
    std::string out = lines.formula;
    for (std::size_t i = 0; i < lines.where.size(); ++i) out += (i == 0 ? "\nwhere " : "\n      ") + lines.where[i];
    return out;
}

/// The same formula in LaTeX (for mathematics mode).
inline std::string latex(graph_view g, node_id n, const formula_options& options = {}) {
    const drawing::formula_lines lines = drawing::formula_of(g, n, notation::tex, options);
    if (lines.where.empty()) return lines.formula;
    std::string out = "\\begin{aligned}\n& " + lines.formula;
    for (std::size_t i = 0; i < lines.where.size(); ++i)
        out += std::string(" \\\\\n& ") + (i == 0 ? "\\text{where } " : "\\phantom{\\text{where }} ") + lines.where[i];
    return out + "\n\\end{aligned}";
}

/// One line for each node, for tests and for looking inside: `%3 = matmul(%0, %2) : (batch, 32)`.
inline std::string listing(graph_view g) {
    std::string out;
    const auto numbers = [](auto&& each, int count) {
        std::string list;
        for (int i = 0; i < count; ++i) list += (i ? ", " : "") + std::to_string(each(i));
        return list;
    };
    const std::vector<value_name> none(drawing::at(g.size()));
    for (node_id i = 0; i < g.size(); ++i) {
        const node& n = g[i];
        out += "%" + std::to_string(i) + " = ";
        if (n.is(op::constant)) {
            out += "constant " + drawing::formula_writer(g, notation::plain, none).write(i);
        } else if (n.is_leaf()) {
            out += std::string(info(n.operation).name) + " " + full_name(g, i);
        } else {
            out += std::string(info(n.operation).name) + "(";
            for (std::size_t k = 0; k < n.uses().size(); ++k) out += (k ? ", %" : "%") + std::to_string(n.operands[k]);
            if (n.is(op::permute))
                out += ", order=(" + numbers([&](int k) { return n.attrs.order[k]; }, n.shape.rank) + ")";
            if (n.attrs.axes != 0) {
                int axes[max_rank]{};
                int count = 0;
                for (int k = 0; k < max_rank; ++k)
                    if (n.attrs.axes & (1 << k)) axes[count++] = k;
                out += ", axis=" + (count == 1 ? std::to_string(axes[0])
                                               : "(" + numbers([&](int k) { return axes[k]; }, count) + ")");
            }
            if (n.attrs.keep) out += ", keepdims";
            out += ")";
        }
        out += " : " + shape_text(n.shape);
        if (n.gradient_of != no_node) out += "  # gradient of %" + std::to_string(n.gradient_of);
        out += "\n";
    }
    for (const output& o : g.outputs) {
        out += "output %" + std::to_string(o.node);
        if (o.assigned_to != no_node) out += " -> %" + std::to_string(o.assigned_to);
        out += "\n";
    }
    return out;
}

}  // namespace gradus
