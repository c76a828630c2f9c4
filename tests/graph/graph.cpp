// SPDX-License-Identifier: BSL-1.0
// What readers of a graph get: names, uses, views.
#include <gradus/graph/builder.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace gradus;

namespace {

/// Layers: 0 "encoder", 1 nameless inside it, 2 "fc" inside that; leaves x, encoder.fc.weight, encoder.scale.
struct example {
    static constexpr builder build() {
        builder b;
        const int encoder = b.enter(name_of<"encoder">(), name_of<"sequential">(), -1);
        const int relu = b.enter(nullptr, name_of<"relu">(), encoder);
        const int fc = b.enter(name_of<"fc">(), name_of<"linear">(), relu);
        const node_id x = b.leaf(op::input, name_of<"x">(), {{symbolic, name_of<"batch">()}, {4}});
        const node_id w = b.leaf(op::parameter, name_of<"weight">(), {{4}, {4}}, fc);
        const node_id scale = b.leaf(op::parameter, name_of<"scale">(), {{4}}, encoder);
        const node_id y = b.mul(b.matmul(x, w), scale);
        b.outputs = {{b.add(y, b.mul(y, b.constant(2)))}};
        return b;
    }
};
constexpr auto g = freeze<example>();

std::string full_name(node_id i) {
    std::string all;
    visit_path(g, g[i].layer, g[i].name,
               [&](std::string_view part) { all += (all.empty() ? "" : "/") + std::string(part); });
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graph_)

BOOST_AUTO_TEST_CASE(a_graph_is_a_value_of_its_size) {
    static_assert(g.size() == 8 && g.layers.size() == 3 && g.outputs.size() == 1 && g.symbols.size() == 1);
    static_assert(g.view().size() == 8 && &g.view()[3] == &g[3]);
    static_assert(std::string_view(g.symbols[0]) == "batch");
    BOOST_TEST(g.outputs[0].node == 7);
}
BOOST_AUTO_TEST_CASE(operands_stand_before_their_users) {
    for (node_id i = 0; i < g.size(); ++i)
        for (node_id operand : g[i].uses()) BOOST_TEST((operand >= 0 && operand < i));
}
BOOST_AUTO_TEST_CASE(a_leaf_is_called_by_its_path_without_nameless_layers) {
    BOOST_TEST(full_name(find_leaf(g, "encoder.fc.weight")) == "encoder/fc/weight");
    BOOST_TEST(full_name(find_leaf(g, "encoder.scale")) == "encoder/scale");
    BOOST_TEST(full_name(find_leaf(g, "x")) == "x");
}
BOOST_AUTO_TEST_CASE(only_a_whole_name_finds_a_leaf) {
    for (const char* wrong :
         {"", ".", "weight", "fc.weight", "encoder", "encoder.", "encoder.fc", "encoder.fc.weigh", "encoder.fc.weights",
          "encoderfc.weight", "encoder..fc.weight", "encoder/fc.weight", "Encoder.fc.weight", "xx", "x.", ".x"})
        BOOST_TEST(find_leaf(g, wrong) == no_node, wrong);
    static_assert(find_leaf(g, "encoder.fc.weight") == 1);
}
BOOST_AUTO_TEST_CASE(constants_are_leaves_without_a_name_to_find) {
    int constants = 0;
    for (const node& n : g.nodes) {
        constants += n.is(op::constant);
        BOOST_TEST(n.is_leaf() == (n.arity == 0));
    }
    BOOST_TEST(constants == 1);
}
BOOST_AUTO_TEST_CASE(uses_are_counted_for_each_operand) {
    std::array<int, 8> uses{7, 7, 7, 7, 7, 7, 7, 7};
    count_uses(g, uses);
    BOOST_TEST(uses[0] == 1);
    const node_id y = g[g.outputs[0].node].operands[0];
    BOOST_TEST(uses[static_cast<std::size_t>(y)] == 2);
    BOOST_TEST(uses[7] == 0);  // outputs do not count
}

BOOST_AUTO_TEST_SUITE_END()
