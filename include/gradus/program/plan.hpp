// SPDX-License-Identifier: BSL-1.0
// The plan of a program: its steps, instructions and buffers as one constant, made from the graph while the compiler
// runs. facts, updates, fusion, instructions and loops make the steps; lifetimes orders them.
#pragma once
#include <gradus/program/lifetimes.hpp>
#include <gradus/program/loops.hpp>

namespace gradus::planned {

/// The plan of a graph, at its exact size.
template <int Steps, int Instructions, int Buffers, int Outputs, int Checks, int Constants, int Detours> struct plan {
    std::array<step, Steps> steps{};
    std::array<instruction, Instructions> instructions{};
    std::array<buffer, Buffers> buffers{};
    std::array<int, Outputs> results{};
    std::array<class_check, Checks> checks{};
    std::array<late_constant, Constants> constants{};
    std::array<detour, Detours> detours{};

    constexpr operator plan_view() const {
        std::size_t leaves = 0;
        while (leaves < buffers.size() && buffers[leaves].where != place::arena) ++leaves;
        return {steps, instructions, buffers, results, checks, constants, leaves};
    }
};

namespace detail {
template <class To, class From> constexpr void copy(To& to, const From& from) {
    auto* place = to.data();
    for (const auto& x : from) *place++ = x;
}
template <class To, class From> constexpr void copy_plan(To& to, const From& from) {
    copy(to.steps, from.steps);
    copy(to.instructions, from.instructions);
    copy(to.buffers, from.buffers);
    copy(to.results, from.results);
    copy(to.checks, from.checks);
    copy(to.constants, from.constants);
    copy(to.detours, from.detours);
}
/// What `Make::make()` drafts, at its exact size.
template <class Make> constexpr auto exact() {
    constexpr auto n = [] {
        const draft d = Make::make();
        return std::array{static_cast<int>(d.steps.size()),   static_cast<int>(d.instructions.size()),
                          static_cast<int>(d.buffers.size()), static_cast<int>(d.results.size()),
                          static_cast<int>(d.checks.size()),  static_cast<int>(d.constants.size()),
                          static_cast<int>(d.detours.size())};
    }();
    plan<n[0], n[1], n[2], n[3], n[4], n[5], n[6]> p;
    copy_plan(p, Make::make());
    return p;
}
template <class Source> struct computed {
    static constexpr draft make() { return planner(Source::graph).plan(); }
    static constexpr auto value = exact<computed>();
};
template <class Source> struct scheduled {
    static constexpr draft make() {
        constexpr const auto& from = computed<Source>::value;
        draft d;
        // Each detour that is still to come adds a step, an instruction and a buffer.
        const std::size_t spare = Source::graph.outputs.size();
        d.steps.reserve(from.steps.size() + spare);
        d.instructions.reserve(from.instructions.size() + spare);
        d.buffers.reserve(from.buffers.size() + spare);
        d.steps.assign(from.steps.begin(), from.steps.end());
        d.instructions.assign(from.instructions.begin(), from.instructions.end());
        d.buffers.assign(from.buffers.begin(), from.buffers.end());
        d.results.assign(from.results.begin(), from.results.end());
        d.checks.assign(from.checks.begin(), from.checks.end());
        d.constants.assign(from.constants.begin(), from.constants.end());
        d.detours.assign(from.detours.begin(), from.detours.end());
        return scheduler(std::move(d)).schedule();
    }
};
}  // namespace detail

/// The plan of `Source::graph` as one constant.
template <class Source> struct of { static constexpr auto value = detail::exact<detail::scheduled<Source>>(); };

}  // namespace gradus::planned
