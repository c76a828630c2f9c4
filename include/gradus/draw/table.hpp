// SPDX-License-Identifier: BSL-1.0
// The table of a network's layers as text: name and type, output shape, number of parameters, total.
#pragma once
#include <gradus/draw/names.hpp>

namespace gradus {

namespace drawing {

/// How many columns text takes in a terminal: marks above letters take none, East Asian characters two.
inline int columns_of(std::string_view s) {
    int columns = 0;
    for (std::size_t i = 0; i < s.size();) {
        const auto c = static_cast<unsigned char>(s[i]);
        const std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        std::uint32_t code = length == 1 ? c : c & (0x7Fu >> length);
        for (std::size_t k = 1; k < length && i + k < s.size(); ++k)
            code = code << 6 | (static_cast<unsigned char>(s[i + k]) & 0x3Fu);
        const bool mark = (code >= 0x300 && code <= 0x36F) || code == 0x200B;
        const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                          (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                          (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                          (code >= 0x1F300 && code <= 0x1FAFF);
        columns += mark ? 0 : wide ? 2 : 1;
        i += length;
    }
    return columns;
}

}  // namespace drawing

/// The layers from the input to the output, one line each, layers inside layers indented; parameters that belong to no
/// layer have lines of their own. A layer that is used twice is counted once.
///
///     Layer            Output shape  Parameters
///     fc1 (linear)      (batch, 32)       2,080
inline std::string layer_table(graph_view g) {
    using drawing::at;
    struct line {
        std::string name, shape, parameters;
    };
    std::vector<line> lines;
    std::int64_t total = 0;
    std::vector<std::int64_t> own(g.layers.size(), 0);
    std::vector<node_id> last(g.layers.size(), no_node);
    for (node_id i = 0; i < g.size(); ++i) {
        const node& n = g[i];
        if (n.is(op::parameter)) total += n.shape.fixed_elements();
        for (int l = n.layer, depth = 0; l >= 0 && depth < 32; l = g.layers[at(l)].parent, ++depth) {
            if (n.is(op::parameter)) own[at(l)] += n.shape.fixed_elements();
            if (!n.is_leaf() && n.gradient_of == no_node) last[at(l)] = i;
        }
    }
    for (node_id i = 0; i < g.size(); ++i)
        if (g[i].is(op::input)) lines.push_back({full_name(g, i) + " (input)", shape_text(g[i].shape), "-"});
    for (node_id i = 0; i < g.size(); ++i)
        if (g[i].is(op::parameter) && g[i].layer < 0)
            lines.push_back(
                {full_name(g, i) + " (parameter)", shape_text(g[i].shape), grouped(g[i].shape.fixed_elements(), ",")});
    // Layers stand after those around them, and siblings in their order.
    std::vector<int> open;
    for (int l = static_cast<int>(g.layers.size()); l-- > 0;)
        if (g.layers[at(l)].parent < 0) open.push_back(l);
    while (!open.empty()) {
        const int l = open.back();
        open.pop_back();
        const layer_entry& entry = g.layers[at(l)];
        int depth = 0;
        for (int p = entry.parent; p >= 0 && depth < 32; p = g.layers[at(p)].parent) ++depth;
        const std::string_view type = entry.type ? entry.type : "layer";
        std::string name(static_cast<std::size_t>(2 * depth), ' ');
        if (entry.name)
            name += std::string(entry.name) + " (" + std::string(type) + ")";
        else
            name += type;
        const node_id to = entry.to != no_node ? entry.to : last[at(l)];
        lines.push_back({std::move(name), to == no_node ? "" : shape_text(g[to].shape), grouped(own[at(l)], ",")});
        for (int c = static_cast<int>(g.layers.size()); c-- > 0;)
            if (g.layers[at(c)].parent == l) open.push_back(c);
    }

    const line head{"Layer", "Output shape", "Parameters"};
    const line sum{"Total", "", grouped(total, ",")};
    int width[3]{};
    const auto widen = [&](const line& l) {
        const std::string* const cells[3] = {&l.name, &l.shape, &l.parameters};
        for (int k = 0; k < 3; ++k)
            if (drawing::columns_of(*cells[k]) > width[k]) width[k] = drawing::columns_of(*cells[k]);
    };
    widen(head);
    widen(sum);
    for (const line& l : lines) widen(l);
    std::string out;
    const auto pad = [&](int n) { out.append(static_cast<std::size_t>(n > 0 ? n : 0), ' '); };
    const auto write = [&](const line& l) {
        out += l.name;
        pad(width[0] - drawing::columns_of(l.name) + 2 + width[1] - drawing::columns_of(l.shape));
        out += l.shape;
        pad(2 + width[2] - drawing::columns_of(l.parameters));
        out += l.parameters;
        out += '\n';
    };
    const std::string rule(static_cast<std::size_t>(width[0] + width[1] + width[2] + 4), '-');
    write(head);
    out += rule + '\n';
    for (const line& l : lines) write(l);
    out += rule + '\n';
    write(sum);
    return out;
}

}  // namespace gradus
