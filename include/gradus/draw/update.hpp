// SPDX-License-Identifier: BSL-1.0
// What an optimizer does to one parameter, as formulas, line by line: `text(adam{})` with PyTorch's names,
// `latex(adam{})` with the letters of the papers.
#pragma once
#include <gradus/calculus/simplify.hpp>
#include <gradus/calculus/update.hpp>
#include <gradus/draw/formula.hpp>

namespace gradus {

namespace drawing {

/// A line of an update: what the value is called, and the value.
struct update_line {
    const char* name;
    node_id value;
};
/// How a word of an update is written: the name it has after the step, and both in LaTeX.
struct update_word {
    std::string_view name;
    const char* after;
    std::string_view tex, tex_after;
};
inline constexpr update_word update_words[] = {
    {"p", "p'", "\\theta_{t-1}", "\\theta_{t}"},
    {"g", "g'", "g_{t}", "g'_{t}"},
    {"momentum_buffer", "momentum_buffer'", "b_{t-1}", "b_{t}"},
    {"sum", "sum'", "s_{t-1}", "s_{t}"},
    {"square_avg", "square_avg'", "v_{t-1}", "v_{t}"},
    {"grad_avg", "grad_avg'", "\\bar{g}_{t-1}", "\\bar{g}_{t}"},
    {"exp_avg", "exp_avg'", "m_{t-1}", "m_{t}"},
    {"exp_avg_sq", "exp_avg_sq'", "v_{t-1}", "v_{t}"},
    {"max_exp_avg_sq", "max_exp_avg_sq'", "v^{\\max}_{t-1}", "v^{\\max}_{t}"},
    {"m_hat", "m_hat", "\\hat{m}_{t}", "\\hat{m}_{t}"},
    {"v_hat", "v_hat", "\\hat{v}_{t}", "\\hat{v}_{t}"},
    {"learning_rate", nullptr, "\\alpha", ""},
    {"momentum", nullptr, "\\mu", ""},
    {"dampening", nullptr, "\\tau", ""},
    {"weight_decay", nullptr, "\\lambda", ""},
    {"lr_decay", nullptr, "\\eta", ""},
    {"alpha", nullptr, "\\rho", ""},
    {"beta1", nullptr, "\\beta_{1}", ""},
    {"beta2", nullptr, "\\beta_{2}", ""},
    {"eps", nullptr, "\\epsilon", ""},
};

/// The graph of one parameter's update and its lines, the parameter last.
struct told_update {
    builder graph{simplify};
    std::vector<update_line> lines;
};
/// The context with the lines behind it.
struct telling_context : update_context {
    std::vector<update_line>* lines;
};

inline node_id tell_line(update_context& c, const char* name, node_id value) {
    const char* after = name;
    for (const update_word& w : update_words)
        if (w.name == name) after = w.after;
    static_cast<telling_context&>(c).lines->push_back({after, value});
    return c.b.leaf(op::input, after, c.b.shape(value));
}

template <class O> told_update told(const O& optimizer) {
    told_update all;
    builder& b = all.graph;
    dims any;
    any.push_back({symbolic, "n"});
    const node_id p = b.leaf(op::parameter, "p", any);
    const node_id g = b.leaf(op::input, "g", any);
    std::array<node_id, O::setting_names.size()> settings{};
    for (std::size_t i = 0; i < settings.size(); ++i) {
        node n;
        n.operation = op::constant;
        n.attrs.literal = static_cast<int>(i) + 1;
        n.name = O::setting_names[i];
        settings[i] = b.add(n);
    }
    telling_context c{{b, p, g, settings.data()}, &all.lines};
    c.tell = tell_line;
    const node_id next = optimizer.update(c);
    all.lines.push_back({"p'", next});
    return all;
}

inline void replace_all(std::string& s, const std::string& old, std::string_view with) {
    for (std::size_t i = s.find(old); i != std::string::npos; i = s.find(old, i + with.size()))
        s.replace(i, old.size(), with);
}

}  // namespace drawing

/// The update of a parameter p with the gradient g, in the order of its lines; a prime marks a value after the step. It
/// has the terms that the optimizer's settings ask for.
///
///     text(sgd{.momentum = 0.9})   // momentum_buffer' = momentum momentum_buffer + g
///                                  // p' = p - learning_rate * momentum_buffer'
template <UpdateRule O> std::string text(const O& optimizer) {
    const drawing::told_update update = drawing::told(optimizer);
    std::string out;
    for (const drawing::update_line& line : update.lines)
        out += std::string(out.empty() ? "" : "\n") + line.name + " = " +
               text(update.graph.view(), line.value, {.where = false});
    return out;
}

/// The same in LaTeX (for mathematics mode), with the letters of the papers: \theta is the parameter, \alpha the
/// learning rate, m and v are Adam's moving averages.
template <UpdateRule O> std::string latex(const O& optimizer) {
    const drawing::told_update update = drawing::told(optimizer);
    std::string out = "\\begin{aligned}\n";
    for (std::size_t i = 0; i < update.lines.size(); ++i) {
        const drawing::update_line& line = update.lines[i];
        out += drawing::tex_word(line.name) + " &= " + latex(update.graph.view(), line.value, {.where = false});
        out += i + 1 < update.lines.size() ? " \\\\\n" : "\n";
    }
    for (const drawing::update_word& w : drawing::update_words) {
        // A word of one letter is italic, so it is looked for with the signs around it.
        const std::string name(w.name);
        if (name.size() == 1) {
            for (const char* around : {"  ", " \n", "{}", "{ ", " }", "{^", " ^", "(  ", "( ", "(^", " \\"}) {
                const std::string left(1, around[0]), right(1, around[1]);
                drawing::replace_all(out, left + name + right, left + std::string(w.tex) + right);
            }
        } else {
            drawing::replace_all(out, drawing::tex_word(name), w.tex);
        }
        if (w.after) drawing::replace_all(out, drawing::tex_word(w.after), w.tex_after);
    }
    drawing::replace_all(out, " \\odot ", " \\, ");  // one factor is a number, always
    return out + "\\end{aligned}";
}

}  // namespace gradus
