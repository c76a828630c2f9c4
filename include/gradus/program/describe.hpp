// SPDX-License-Identifier: BSL-1.0
// A plan in words: one line for each step.
#pragma once
#include <gradus/program/step.hpp>
#include <gradus/program/words.hpp>

namespace gradus::planned {

/// A buffer in words: the name of a leaf, or "#" and its number.
inline std::string place_name(graph_view g, plan_view plan, int buffer) {
    const planned::buffer& b = plan.buffers[static_cast<std::size_t>(buffer)];
    if (b.where == place::arena) return "#" + std::to_string(buffer);
    return gradus::detail::full_name(g, b.node);
}

/// One line for each step: its kernel, its shape, the operations that it does in one go.
inline std::string describe(graph_view g, plan_view plan) {
    static constexpr std::string_view names[] = {"map", "reduce", "softmax", "loss", "product"};
    std::string text;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const step& s = plan.steps[i];
        const buffer& out = plan.buffers[static_cast<std::size_t>(s.out)];
        text += std::to_string(i) + "  " + std::string(names[static_cast<std::size_t>(s.what)]) + "  " +
                gradus::detail::in_brackets(g[s.node].shape) + "  ";
        std::string fused;
        std::string read;
        for (int k = s.first; k < s.first + s.count; ++k) {
            const instruction& x = plan.instructions[static_cast<std::size_t>(k)];
            if (x.what == instruction::does::compute) {
                const bool hot = g[x.node].is(op::one_hot);
                fused += (fused.empty() ? "" : ", ") + std::string(info(hot ? op::one_hot : x.operation).name);
            }
            if (x.what == instruction::does::load) read += (read.empty() ? "" : ", ") + place_name(g, plan, x.buffer);
        }
        if (s.what != kernel::map) fused += (fused.empty() ? "" : ", ") + std::string(info(s.operation).name);
        if (fused.empty()) fused = "copy";
        text += fused + "  of " + (read.empty() ? "constants" : read) + "  into " + place_name(g, plan, s.out);
        if (out.where == place::parameter) text += s.accumulate ? " (added in place)" : " (update)";
        text += '\n';
    }
    return text;
}

}  // namespace gradus::planned
