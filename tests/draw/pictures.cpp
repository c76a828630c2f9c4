// SPDX-License-Identifier: BSL-1.0
// Every kind of picture of every network, through dot: no warning, well-formed, and the same twice.
#include <gradus/draw/pictures.hpp>
#include <gradus/draw/table.hpp>
#include "drawn.hpp"
#include "networks.hpp"
#include <chrono>
#include <random>

using namespace gradus;

namespace {

void draw_all(const builder& b, const picture_options& options = {}) {
    for (const std::string& text : {draw_layers(b.view(), options), draw_expression(b.view(), options, -1),
                                    draw_forward_gradient(b.view(), options)}) {
        BOOST_TEST(dot_text::repaired(text) == text);
        drawn::svg(text);
    }
}

/// A network whose every name is `name`, or contains it.
builder named(const char* name) {
    static const std::string longer = std::string(name) + "2";
    builder b;
    const int outer = b.enter(name, name, -1);
    const int inner = b.enter(name, name, outer);
    const axis n{symbolic, name};
    const node_id x = b.leaf(op::input, name, {n, {3}});
    const node_id w = b.leaf(op::parameter, name, {{3}, {3}}, inner);
    const node_id bias = b.leaf(op::parameter, "bias", {{3}}, inner);
    b.layer = inner;
    const node_id z = b.add(b.matmul(x, w), bias);
    b.layers[static_cast<std::size_t>(inner)].from = x;
    b.layers[static_cast<std::size_t>(inner)].to = z;
    b.layer = -1;
    const node_id scaled = b.mul(b.elements(b.shape(z), 1, -1), z);
    b.outputs.push_back({b.reduce(op::sum, scaled, 3, false)});
    const node_id dz = networks::marked(b, b.broadcast(b.elements(b.shape(z), 1, -1), b.shape(z)), z);
    b.outputs.push_back({networks::marked(b, b.matmul(b.transpose(x), dz), w)});
    return b;
}

/// Any graph at all: branches, layers that make no sense, gradients of anything, results anywhere.
builder random_graph(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    static const char* const names[] = {"a", "b", "weight", "bias", "z1", "u", "L", "seed", "x", "long_name"};
    builder b;
    for (int i = 0; i < 3; ++i) b.enter(below(2) ? names[i] : nullptr, "block", below(i + 1) - 1);
    for (int i = 0; i < 4 + below(4); ++i)
        b.leaf(below(3) ? op::parameter : op::input, names[i], {{4}, {4}}, below(4) - 1);
    b.constant(0.25);
    const node_id parts = b.elements({networks::batch}, 1, -1);
    const int size = 10 + below(40);
    while (b.size() < size) {
        b.layer = below(4) - 1;
        const node_id x = below(b.size());
        const node_id y = below(b.size());
        const bool matrix = b.shape(x).rank == 2;
        switch (below(10)) {
            case 0:
                b.add(x, y);
                break;
            case 1:
                b.sub(x, y);
                break;
            case 2:
                b.mul(x, y);
                break;
            case 3:
                b.div(x, parts);
                break;
            case 4:
                if (matrix && b.shape(y).rank == 2 && b.shape(x)[1].size == b.shape(y)[0].size) b.matmul(x, y);
                break;
            case 5:
                if (matrix) b.transpose(x);
                break;
            case 6:
                if (matrix) b.reduce(below(2) ? op::sum : op::mean, x, 1 + below(3), true);
                break;
            case 7:
                b.unary(below(2) ? op::tanh : op::relu, x);
                break;
            case 8:
                b.reduce(op::sum, x, (1 << b.shape(x).rank) - 1, false);
                break;
            default:
                b.where(b.binary(op::greater, x, y), x, y);
        }
        if (below(3) == 0) b.at(b.size() - 1).gradient_of = below(b.size());
    }
    for (int i = 0; i < 1 + below(4); ++i) b.outputs.push_back({below(b.size()), below(4) ? no_node : below(4)});
    for (layer_entry& l : b.layers) l.to = below(3) ? below(b.size()) : no_node;
    return b;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pictures)

BOOST_AUTO_TEST_CASE(every_network_can_be_drawn_in_every_way) {
    draw_all(networks::mlp_mse());
    draw_all(networks::digits());
    draw_all(networks::digits(true, true));
    draw_all(networks::softmax_regression());
    draw_all(networks::residual(6));
    draw_all(networks::deep(12));
    draw_all(networks::branches());
    draw_all(networks::second_order());
    draw_all(networks::errors());
    draw_all(builder());
}

BOOST_AUTO_TEST_CASE(themes_and_options_keep_dot_content) {
    for (theme t : {theme::both, theme::light, theme::dark, theme::print})
        draw_all(networks::digits(), {.title = "a <title> & \"more\"", .colours = t});
    draw_all(networks::digits(), {.show = label_style::names, .legend = false});
    draw_all(networks::residual(6), {.max_nodes = 12});
}

BOOST_AUTO_TEST_CASE(no_name_breaks_a_picture) {
    static const std::string long_name(20000, 'w');
    static const std::string long_accents = [] {
        std::string s;
        while (s.size() < 20000) s += "é∂";
        return s;
    }();
    for (const char* name :
         {"<b>&\"\\{}|", "two\nlines", "\\n\\", "\xFF\xFE bad \xC3", "&amp;&lt;", "-->", "n0", "seed", "t1",
          "cluster_0", "]]>", "\x01\x1F", "", "graph", "é", "0", long_name.c_str(), long_accents.c_str()})
        BOOST_TEST_CONTEXT("name " << std::string(name).substr(0, 40)) draw_all(named(name));
}

BOOST_AUTO_TEST_CASE(any_graph_can_be_drawn_and_written) {
    for (unsigned seed = 0; seed < 12; ++seed) BOOST_TEST_CONTEXT("seed " << seed) draw_all(random_graph(seed));
    for (unsigned seed = 0; seed < 500; ++seed) {  // without dot: nothing may fail or run away
        const builder b = random_graph(seed);
        BOOST_TEST_CONTEXT("seed " << seed) {
            for (node_id i = 0; i < b.size(); ++i) BOOST_TEST(!text(b.view(), i).empty());
            BOOST_TEST(!layer_table(b.view()).empty());
            BOOST_TEST(!draw_layers(b.view()).empty());
            BOOST_TEST(!draw_expression(b.view(), {}, -1).empty());
            BOOST_TEST(!draw_forward_gradient(b.view()).empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_graph_gives_the_same_text) {
    for (int twice = 0; twice < 2; ++twice) {
        BOOST_TEST(draw_layers(networks::residual(4).view()) == draw_layers(networks::residual(4).view()));
        BOOST_TEST(draw_expression(networks::branches().view()) == draw_expression(networks::branches().view()));
        BOOST_TEST(draw_forward_gradient(networks::digits().view()) ==
                   draw_forward_gradient(networks::digits().view()));
    }
}

BOOST_AUTO_TEST_CASE(a_thousand_nodes_are_drawn_in_seconds) {
    const builder b = networks::residual(40);
    const auto start = std::chrono::steady_clock::now();
    const std::string text = draw_forward_gradient(b.view());
    drawn::svg(text);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    BOOST_TEST_MESSAGE(b.size() << " nodes: " << took.count() << " s");
    BOOST_TEST(took.count() < 10);  // 0.5 s here, not optimised
}

BOOST_AUTO_TEST_SUITE_END()
