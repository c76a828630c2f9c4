// SPDX-License-Identifier: BSL-1.0
// Formulas and pictures of typed expressions.
#include <gradus/symbolic.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace gradus;

namespace {

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch, 10>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto b = parameter<"b", 10>;
constexpr auto z = matmul(x, transpose(W)) + b;
constexpr auto loss = mean(cross_entropy(z, y));

}  // namespace

BOOST_AUTO_TEST_SUITE(draw)

BOOST_AUTO_TEST_CASE(the_formulas_of_the_readme) {
    BOOST_TEST(text(loss) == "mean(cross_entropy(x transpose(W) + b, y))");
    BOOST_TEST(text(grad(loss, W), {.where = false}) == "transpose(softmax(x transpose(W) + b) - y) x / batch");
    BOOST_TEST(text(grad(loss, W)) == "transpose(softmax(z) - y) x / batch\nwhere z = x transpose(W) + b");
    BOOST_TEST(latex(matmul(x, transpose(W)) + b) == "x \\, W^{\\top} + b");
}

BOOST_AUTO_TEST_CASE(plain_numbers_are_printed_and_simplified) {
    BOOST_TEST(text(2.f * y + 1) == "2 y + 1");
    BOOST_TEST(text(1.f * y + 0) == "y");
    BOOST_TEST(text(0.1f * y) == "0.1 y");
    BOOST_TEST(latex(y / 2) == "\\frac{y}{2}");
}

BOOST_AUTO_TEST_CASE(the_picture_of_a_graph_with_gradients_is_mirrored_and_that_of_one_without_is_not) {
    constexpr auto forward = graph_of(loss);
    constexpr auto both = graph_of(loss, grad(loss, W));
    BOOST_TEST(dot(forward) == draw_expression(forward));
    BOOST_TEST(dot(both) == draw_forward_gradient(both));
    BOOST_TEST(dot(forward) != dot(both));
}

BOOST_AUTO_TEST_CASE(a_picture_is_saved_as_dot) {
    const std::string path = (std::filesystem::temp_directory_path() / "gradus_draw_test.dot").string();
    constexpr auto g = graph_of(loss, grad(loss, W));
    save_dot(path, g);
    std::ifstream file(path);
    std::stringstream saved;
    saved << file.rdbuf();
    BOOST_TEST(saved.str() == dot(g));
    std::remove(path.c_str());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_told) {
    BOOST_CHECK_EXCEPTION(save_dot("/nowhere/at/all.dot", graph_of(loss)), std::exception, [](const std::exception& e) {
        return std::string(e.what()).find("/nowhere/at/all.dot") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
