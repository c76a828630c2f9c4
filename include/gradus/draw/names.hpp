// SPDX-License-Identifier: BSL-1.0
// Names for the values of a graph, as a person would give them, for formulas and diagrams alike: a leaf by its own name
// or short (W₁ for the weight of the first layer), a product u, a sum with a bias z, an activation a, the loss L.
#pragma once
#include <gradus/graph/graph.hpp>
#include <string>
#include <vector>

namespace gradus {

/// How formulas are spelt: plain ASCII (`W1`, pastes back into code), Unicode (`W₁`, for diagrams), or LaTeX (`W_{1}`).
enum class notation : std::uint8_t { plain, unicode, tex };

/// A name in parts, so that every notation can spell it. No letters: no name.
struct value_name {
    std::string letters;  ///< "W", "fc1.weight"
    std::string index;    ///< "1", or a word: the layer in W_{fc1}
    bool hat = false;     ///< a prediction of it: ŷ
    int derivative = 0;   ///< so many ∂ in front: the gradient by it
    int primes = 0;       ///< tells a second gradient by the same value from the first

    explicit operator bool() const { return !letters.empty(); }
    friend bool operator==(const value_name&, const value_name&) = default;
};

namespace drawing {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits below the line: "12" gives "₁₂".
inline std::string subscript(std::string_view digits) {
    std::string out;
    for (char c : digits) out += std::string("\xE2\x82") + static_cast<char>(0x80 + (c - '0'));
    return out;
}
/// Digits (and a minus) above the line: "-2" gives "⁻²".
inline std::string superscript(std::string_view digits) {
    static constexpr std::string_view up[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out;
    for (char c : digits) out += c == '-' ? std::string_view("⁻") : up[c - '0'];
    return out;
}
inline bool all_digits(std::string_view s) {
    for (char c : s)
        if (!is_digit(c)) return false;
    return true;
}
/// Text that LaTeX takes literally.
inline std::string tex_escaped(std::string_view s) {
    std::string out;
    for (char c : s) {
        if (c == '\\')
            out += "\\backslash{}";
        else if (c == '^' || c == '~')
            out += std::string("\\") + c + "{}";
        else if (c == '_' || c == '%' || c == '#' || c == '$' || c == '&' || c == '{' || c == '}')
            out += std::string("\\") + c;
        else
            out += c;
    }
    return out;
}
/// One letter is italic in LaTeX, a word is upright.
inline std::string tex_word(std::string_view s) {
    if (s.size() == 1 || all_digits(s)) return tex_escaped(s);
    return "\\mathrm{" + tex_escaped(s) + "}";
}

}  // namespace drawing

/// A name in one notation: `dW1`, `∂W₁`, `\frac{\partial L}{\partial W_{1}}`.
inline std::string spell(const value_name& n, notation form) {
    std::string out;
    if (form == notation::tex) {
        out = n.letters == "δ" ? "\\delta" : drawing::tex_word(n.letters);
        if (n.hat) out = "\\hat{" + out + "}";
        if (!n.index.empty()) out += "_{" + drawing::tex_word(n.index) + "}";
        for (int i = 0; i < n.derivative; ++i) out = (i > 0 ? "\\partial " : "\\partial_{") + out + (i > 0 ? "" : "}L");
        for (int i = 0; i < n.primes; ++i) out += "'";
        return out;
    }
    const bool plain = form == notation::plain;
    for (int i = 0; i < n.derivative; ++i) out += plain ? "d" : "∂";
    if (n.hat && !plain && n.letters == "y")
        out += "ŷ";
    else if (plain && n.letters == "δ")
        out += "delta";
    else
        out += n.letters + (n.hat ? (plain ? "_hat" : "\xCC\x82") : "");
    if (!n.index.empty()) {
        if (plain)
            out += n.index;
        else
            out += drawing::all_digits(n.index) ? drawing::subscript(n.index) : "_" + n.index;
    }
    if (plain && n.primes > 0) out += "_" + std::to_string(n.primes + 1);
    for (int i = 0; i < n.primes && !plain; ++i) out += "′";
    return out;
}

/// A layer's name with those of the layers around it: "encoder.0"; empty outside of all layers.
inline std::string layer_path(graph_view g, int layer) {
    std::string out;
    visit_path(g, layer, nullptr, [&](std::string_view part) {
        if (!out.empty()) out += '.';
        out += part;
    });
    return out;
}
/// A leaf's full name: "fc1.weight"; empty for anything else.
inline std::string full_name(graph_view g, node_id leaf) {
    if (!g[leaf].name) return {};
    const std::string path = layer_path(g, g[leaf].layer);
    return path.empty() ? g[leaf].name : path + "." + g[leaf].name;
}

/// A shape for a diagram: "N×784", "10", "scalar". A symbolic dimension called batch or n is N; a name of more than 24
/// bytes is cut.
inline std::string short_shape(const dims& d) {
    if (d.rank < 0) return "?";  // above a mistake
    if (d.rank == 0) return "scalar";
    std::string out;
    for (int i = 0; i < d.rank; ++i) {
        if (i > 0) out += "×";
        if (!d[i].is_symbolic()) {
            out += std::to_string(d[i].size);
            continue;
        }
        const std::string_view name = d[i].name;
        std::size_t end = name.size() > 24 ? 24 : name.size();
        while (end < name.size() && end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
        out += name == "batch" || name == "n" ? "N" : name.substr(0, end);
        if (end < name.size()) out += "…";
    }
    return out;
}
/// A shape as errors print it: "(batch, 10)".
inline std::string shape_text(const dims& d) {
    if (d.rank < 0) return "no shape";
    sentence s;
    s << d;
    return std::string(s.view());
}
/// A whole number with its thousands apart: "109 386", "109,386".
inline std::string grouped(std::int64_t n, std::string_view separator) {
    std::string digits = std::to_string(n);
    for (std::size_t i = digits.size(); i > 3 && drawing::is_digit(digits[i - 4]);) {
        i -= 3;
        digits.insert(i, separator);
    }
    return digits;
}

namespace drawing {

inline std::size_t at(node_id i) { return static_cast<std::size_t>(i); }

/// Who uses each node, as one list: the users of i are `users[first[i]]` up to `users[first[i + 1]]`.
struct user_lists {
    std::vector<node_id> users;
    std::vector<std::size_t> first;

    explicit user_lists(graph_view g) : first(at(g.size()) + 1, 0) {
        for (const node& n : g.nodes)
            for (node_id operand : n.uses()) ++first[at(operand) + 1];
        for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
        users.resize(first.back());
        std::vector<std::size_t> next = first;
        for (node_id i = 0; i < g.size(); ++i)
            for (node_id operand : g[i].uses()) users[next[at(operand)]++] = i;
    }
    std::span<const node_id> of(node_id i) const {
        return {users.data() + first[at(i)], first[at(i) + 1] - first[at(i)]};
    }
};

/// The value below views that only stretch or turn it.
inline node_id below_views(graph_view g, node_id i) {
    while (g[i].is(op::broadcast) || g[i].is(op::permute)) i = g[i].operands[0];
    return i;
}
/// The node of which all elements of `i` are copies, or `i`.
inline node_id below_copies(graph_view g, node_id i) {
    node_id b = i;
    while (g[b].is(op::broadcast) || g[b].is(op::permute) || g[b].is(op::reshape)) b = g[b].operands[0];
    return g[b].is(op::constant) ? b : below_views(g, i);
}
inline bool is_scaled_constant(graph_view g, node_id i) { return g[below_copies(g, i)].is(op::constant); }

/// Whether a permutation only swaps the last two dimensions.
inline bool is_transpose(const node& n) {
    const int rank = n.shape.rank;
    if (!n.is(op::permute) || rank < 2) return false;
    for (int i = 0; i < rank; ++i) {
        const int wanted = i == rank - 1 ? rank - 2 : i == rank - 2 ? rank - 1 : i;
        if (n.attrs.order[i] != wanted) return false;
    }
    return true;
}
inline bool is_square(graph_view g, node_id i) {
    if (g[i].is(op::mul)) return g[i].operands[0] == g[i].operands[1];
    return g[i].is(op::pow) && g[g[i].operands[1]].is(op::constant) && g[g[i].operands[1]].attrs.value == 2;
}
inline bool is_loss_of_rows(op o) {
    return o == op::cross_entropy || o == op::cross_entropy_soft || o == op::binary_cross_entropy_with_logits;
}
/// Gradients are what the chain rule made; a leaf is never one, whatever it happens to be equal to.
inline bool is_gradient(graph_view g, node_id i) { return g[i].gradient_of != no_node && !g[i].is_leaf(); }

/// Whether a value is compared with a target: the prediction of a squared error or of a cross-entropy from logits.
inline bool is_prediction(graph_view g, const user_lists& users, node_id i) {
    if (g[i].is_leaf() || is_gradient(g, i) || g[i].is(op::softmax) || g[i].is(op::sigmoid) || g[i].is(op::exp))
        return false;
    for (node_id u : users.of(i)) {
        if (!g[u].is(op::sub) || is_gradient(g, u)) continue;
        const node_id other = g[u].operands[0] == i ? g[u].operands[1] : g[u].operands[0];
        if (!g[other].is(op::input)) continue;
        for (node_id v : users.of(u))
            if (is_square(g, v) || g[v].is(op::abs)) return true;
    }
    return false;
}

/// The letters that a computed value goes by, before it gets its number.
inline std::string letters_for(graph_view g, node_id i) {
    const node& n = g[i];
    if (n.shape.rank == 0 && !g.outputs.empty() && g.outputs[0].node == i) return "L";
    switch (n.operation) {
        case op::matmul:
            return "u";
        case op::add:
            for (node_id operand : n.uses())
                if (g[below_views(g, operand)].is(op::parameter)) return "z";
            return "h";
        case op::tanh:
        case op::sigmoid:
        case op::relu:
            return "a";
        case op::softmax:
            return "p";
        case op::log_softmax:
            return "q";
        case op::sub:
            return "r";
        case op::exp:
            return "e";
        case op::sum:
            return "s";
        case op::mean:
        case op::max:
        case op::maximum:
        case op::minimum:
            return "m";
        case op::argmax:
            return "k";
        case op::one_hot:
            return "t";
        case op::reshape:
        case op::permute:
        case op::broadcast:
            return "t";
        case op::less:
        case op::less_equal:
        case op::greater:
        case op::greater_equal:
        case op::equal:
        case op::not_equal:
            return "c";
        default:
            break;
    }
    if (is_loss_of_rows(n.operation)) return "l";
    return "v";
}

/// The gradient of each node, or `no_node`; a value whose only use adds something to it has the gradient of the sum.
/// The sum is the owner then, whichever of the two the chain rule named: `gradient_of` is changed accordingly.
struct gradient_map {
    std::vector<node_id> of;     ///< value -> its gradient
    std::vector<node_id> owner;  ///< gradient -> its value
    std::vector<char> alias;     ///< the value's gradient is that of its sum
    std::vector<char>
        scaled;  ///< gradient -> it is only proportional: the factor has moved outwards, to the parameters

    gradient_map(graph_view g, const user_lists& users)
        : of(at(g.size()), no_node), owner(at(g.size()), no_node), alias(at(g.size()), 0), scaled(at(g.size()), 0) {
        for (node_id i = 0; i < g.size(); ++i) {
            if (!is_gradient(g, i) || g[i].gradient_of >= i) continue;
            of[at(g[i].gradient_of)] = i;  // of two, the one made later is the whole sum
        }
        for (node_id i = 0; i < g.size(); ++i) find_scaled(g, i);
        for (node_id v = 0; v < g.size(); ++v) {
            const node_id sum = passes_to(g, users, v);
            if (sum == no_node) continue;
            if (of[at(sum)] == no_node && of[at(v)] != no_node) {
                of[at(sum)] = of[at(v)];
                alias[at(v)] = 1;
            }
        }
        for (node_id v = g.size(); v-- > 0;) {
            const node_id sum = passes_to(g, users, v);
            if (sum == no_node || of[at(sum)] == no_node) continue;
            if (of[at(v)] == no_node || of[at(v)] == of[at(sum)]) {
                of[at(v)] = of[at(sum)];
                alias[at(v)] = 1;
            }
        }
        for (node_id v = 0; v < g.size(); ++v)
            if (of[at(v)] != no_node && !alias[at(v)] && owner[at(of[at(v)])] == no_node) owner[at(of[at(v)])] = v;
        // A second gradient by the same value (a second loss) still belongs to it.
        for (node_id i = 0; i < g.size(); ++i)
            if (is_gradient(g, i) && owner[at(i)] == no_node && g[i].gradient_of < i) owner[at(i)] = g[i].gradient_of;
    }

  private:
    /// Simplification moves 1 / batch outwards, so that only the gradients of parameters are left as such:
    /// ∂W = c δᵀ x and ∂b = c Σ δ. From the forward product x Wᵀ, or the sum with b, this tells whose gradient δ is.
    void find_scaled(graph_view g, node_id gradient) {
        const node_id leaf = g[gradient].gradient_of;
        if (!is_gradient(g, gradient) || !g[leaf].is(op::parameter)) return;
        bool has_factor = false;
        node_id m = gradient;
        while (g[m].is(op::mul) || is_transpose(g[m])) {
            if (is_transpose(g[m])) {
                m = g[m].operands[0];
                continue;
            }
            const bool first = is_scaled_constant(g, g[m].operands[0]);
            if (!first && !is_scaled_constant(g, g[m].operands[1])) return;
            m = g[m].operands[first ? 1 : 0];
            has_factor = true;
        }
        for (node_id u = 0; u < gradient; ++u) {
            if (is_gradient(g, u) || (!g[u].is(op::add) && !g[u].is(op::matmul))) continue;
            const std::size_t k = below_views(g, g[u].operands[1]) == leaf ? 1 : 0;
            if (below_views(g, g[u].operands[k]) != leaf) continue;
            node_id delta = no_node;
            if (g[u].is(op::add) && g[m].is(op::sum) && g[g[m].operands[0]].shape == g[u].shape)
                delta = g[m].operands[0];
            if (g[u].is(op::matmul) && g[m].is(op::matmul)) {
                const node_id x = below_views(g, g[u].operands[1 - k]);
                for (std::size_t side = 0; side < 2; ++side) {
                    const node_id part = below_views(g, g[m].operands[side]);
                    if (below_views(g, g[m].operands[1 - side]) == x && g[part].shape == g[u].shape) delta = part;
                }
            }
            if (delta == no_node || delta <= u || g[delta].is_leaf() || is_gradient(g, delta) || of[at(u)] != no_node)
                continue;
            of[at(u)] = delta;
            scaled[at(delta)] = has_factor;
            return;
        }
    }
    static node_id passes_to(graph_view g, const user_lists& users, node_id v) {
        if (g[v].is_leaf() || is_gradient(g, v)) return no_node;
        node_id sum = no_node;
        for (node_id u : users.of(v)) {
            if (g[u].is(op::add) && !is_gradient(g, u) && g[u].shape == g[v].shape && sum == no_node)
                sum = u;
            else if (!is_backward(g, u))
                return no_node;
        }
        return sum;
    }
    /// Whether only gradients need `u`: then its use does not count as a second path to the loss.
    static bool is_backward(graph_view g, node_id u) { return is_gradient(g, u); }
};

/// A leaf's short name in parts, without a number that tells layers apart: "weight" is W, "W1" is W with index 1.
inline value_name leaf_name(std::string_view own) {
    if (own == "weight") return {"W", ""};
    if (own == "bias") return {"b", ""};
    std::size_t digits = own.size();
    while (digits > 0 && is_digit(own[digits - 1])) --digits;
    if (digits == 0 || digits == own.size() || own.size() - digits > 3) return {std::string(own), ""};
    return {std::string(own.substr(0, digits)), std::string(own.substr(digits))};
}

}  // namespace drawing

/// How leaves are named: `full` as "fc1.weight"; `brief` as W₁, where that is unambiguous.
enum class leaf_names : std::uint8_t { full, brief };

/// A name for every leaf, and for each computed node i with `wanted[i]`; the others have none. Numbers follow the order
/// of the nodes. Deterministic, and no two names are equal.
inline std::vector<value_name> name_values(graph_view g, const std::vector<char>& wanted, leaf_names leaves,
                                           notation form = notation::plain) {
    using drawing::at;
    std::vector<value_name> names(at(g.size()));
    std::vector<std::string> taken;
    const auto take = [&](const value_name& n) {
        std::string spelt = spell(n, notation::plain);
        for (const std::string& t : taken)
            if (t == spelt) return false;
        taken.push_back(std::move(spelt));
        return true;
    };

    // The layers that hold a weight or a bias have numbers, in their order.
    std::vector<int> number(g.layers.size(), 0);
    for (const node& n : g.nodes)
        if (n.is(op::parameter) && n.layer >= 0 && n.name &&
            (std::string_view(n.name) == "weight" || std::string_view(n.name) == "bias"))
            number[at(n.layer)] = 1;
    int layers = 0;
    for (int& n : number)
        if (n) n = ++layers;

    bool numbered = false;
    for (node_id i = 0; i < g.size(); ++i) {
        const node& n = g[i];
        if (!n.is_leaf() || n.is(op::constant)) continue;
        const std::string full = full_name(g, i);
        const std::string_view own = n.name ? n.name : "?";
        value_name name = drawing::leaf_name(own);
        const bool of_layer = own == "weight" || own == "bias";
        if (leaves == leaf_names::brief) {
            if (of_layer && n.layer >= 0) name.index = std::to_string(number[at(n.layer)]);
        } else if (form == notation::tex && of_layer && n.layer >= 0) {
            name.index = layer_path(g, n.layer);
        } else if (n.layer >= 0 || form == notation::plain) {
            name = {full, ""};
        }
        if (!take(name)) {
            name = {full.empty() ? "?" : full, ""};
            for (int k = 2; !take(name); ++k) name.index = "_" + std::to_string(k);
        }
        numbered = numbered || (!name.index.empty() && leaves == leaf_names::brief);
        names[at(i)] = std::move(name);
    }

    const drawing::user_lists users(g);
    const drawing::gradient_map gradients(g, users);
    // Letters first, so that a letter that occurs once can go without a number.
    std::vector<std::string> letters(at(g.size()));
    std::vector<std::pair<std::string, int>> occurs;
    const auto count_of = [&](const std::string& l) -> int& {
        for (auto& o : occurs)
            if (o.first == l) return o.second;
        return occurs.emplace_back(l, 0).second;
    };
    for (node_id i = 0; i < g.size(); ++i) {
        if (!wanted[at(i)] || g[i].is_leaf()) continue;
        if (gradients.owner[at(i)] != no_node && !gradients.scaled[at(i)]) continue;
        letters[at(i)] = gradients.scaled[at(i)]               ? "δ"
                         : drawing::is_prediction(g, users, i) ? "ŷ"
                                                               : drawing::letters_for(g, i);
        ++count_of(letters[at(i)]);
    }
    std::vector<std::pair<std::string, int>> last;
    for (node_id i = 0; i < g.size(); ++i) {
        if (!wanted[at(i)] || g[i].is_leaf()) continue;
        const node_id owner = gradients.owner[at(i)];
        if (gradients.scaled[at(i)] && numbered && owner != no_node && names[at(owner)]) {
            // The error of a layer has the layer's number; that of the prediction is the last one.
            value_name name{"δ", names[at(owner)].index};
            if (name.index.empty() && names[at(owner)].hat) name.index = std::to_string(layers);
            if (take(name)) {
                names[at(i)] = std::move(name);
                continue;
            }
        }
        if (owner != no_node && names[at(owner)] && !gradients.scaled[at(i)]) {
            value_name name = names[at(owner)];
            ++name.derivative;
            while (!take(name)) ++name.primes;
            names[at(i)] = std::move(name);
            continue;
        }
        const std::string l = letters[at(i)].empty() ? "g" : letters[at(i)];
        value_name name{l == "ŷ" ? "y" : l, ""};
        name.hat = l == "ŷ";
        const bool alone = l != "g" && count_of(l) == 1 && (!numbered || name.hat || l == "L");
        if (alone && take(name)) {
            names[at(i)] = std::move(name);
            continue;
        }
        int* n = nullptr;
        for (auto& p : last)
            if (p.first == l) n = &p.second;
        if (!n) n = &last.emplace_back(l, 0).second;
        do name.index = std::to_string(++*n);
        while (!take(name));
        names[at(i)] = std::move(name);
    }
    return names;
}

}  // namespace gradus
