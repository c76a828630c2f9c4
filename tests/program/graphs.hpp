// SPDX-License-Identifier: BSL-1.0
// Short words for the graphs that the tests of the program make by hand.
#pragma once
#include <gradus/graph/builder.hpp>
#include <gradus/program/plan.hpp>

namespace gradus::testing {

inline constexpr axis batch{symbolic, name_of<"batch">()};
inline constexpr axis turns{symbolic, name_of<"turns">()};
constexpr axis size(std::int64_t n) { return {n, nullptr}; }

struct make : builder {
    constexpr node_id in(const char* name, const dims& d) { return leaf(op::input, name, d); }
    constexpr node_id par(const char* name, const dims& d) { return leaf(op::parameter, name, d); }
    constexpr void out(node_id n, node_id to = no_node) { outputs.push_back({n, to}); }
    constexpr node_id literal(int which, double value) {
        node n;
        n.operation = op::constant;
        n.attrs.value = value;
        n.attrs.literal = which;
        return add(n);
    }
    constexpr node_id add(const node& n) { return builder::add(n); }
    constexpr node_id add(node_id a, node_id b) { return builder::add(a, b); }
    constexpr node_id order(node_id a, std::initializer_list<int> o) { return permute(a, o.begin()); }
    /// A positive value for log, sqrt and pow.
    constexpr node_id positive(node_id a) { return add(mul(a, a), constant(0.25)); }
};

template <class Make> struct made_graph { static constexpr auto graph = freeze<Make>(); };
/// The plan of `Make::build()`.
template <class Make> inline constexpr const auto& plan_of = planned::of<made_graph<Make>>::value;

}  // namespace gradus::testing
