// SPDX-License-Identifier: BSL-1.0
// The palette by numbers (contrast, colour blindness), escaping, limits, and the order of what is written.
#include <gradus/draw/dot.hpp>
#include <boost/test/unit_test.hpp>
#include <array>
#include <cmath>

using namespace gradus;

namespace {

struct colour {
    double r, g, b;  // linear light, 0 to 1
};
colour linear_light(std::string_view hex) {
    const auto part = [&](std::size_t at) {
        const double v = std::stoi(std::string(hex.substr(at, 2)), nullptr, 16) / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return {part(1), part(3), part(5)};
}
/// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const colour& c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; }
double contrast(std::string_view a, std::string_view b) {
    const double x = luminance(linear_light(a)) + 0.05;
    const double y = luminance(linear_light(b)) + 0.05;
    return x > y ? x / y : y / x;
}
/// Machado, Oliveira, Fernandes 2009, severity 1: what a colour-blind reader sees, in linear light.
constexpr double blindness[3][9] = {
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};
colour seen(const colour& c, const double* m) {
    const auto clip = [](double v) { return v < 0 ? 0 : v > 1 ? 1 : v; };
    return {clip(m[0] * c.r + m[1] * c.g + m[2] * c.b), clip(m[3] * c.r + m[4] * c.g + m[5] * c.b),
            clip(m[6] * c.r + m[7] * c.g + m[8] * c.b)};
}
std::array<double, 3> lab(const colour& c) {
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124 * c.r + 0.3576 * c.g + 0.1805 * c.b) / 0.95047);
    const double y = f(luminance(c));
    const double z = f((0.0193 * c.r + 0.1192 * c.g + 0.9505 * c.b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}
double distance(const colour& a, const colour& b) {
    const auto p = lab(a);
    const auto q = lab(b);
    return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dot)

BOOST_AUTO_TEST_CASE(the_palette_has_one_row_for_each_role_in_order) {
    BOOST_TEST(std::size(palette) == static_cast<std::size_t>(role::count));
    for (std::size_t i = 0; i < std::size(palette); ++i) BOOST_TEST((palette[i].of == static_cast<role>(i)));
}

BOOST_AUTO_TEST_CASE(ink_stands_out_from_every_fill) {
    for (const role_style& s : palette) {
        BOOST_TEST_CONTEXT(s.name) {
            BOOST_TEST(contrast(s.ink, s.fill) >= 7.0);
            BOOST_TEST(contrast(s.ink, s.card) >= 7.0);
            BOOST_TEST(contrast(s.border, s.fill) >= 1.8);
        }
        for (theme t : {theme::both, theme::light, theme::dark, theme::print})
            BOOST_TEST(contrast(s.ink, fill_in(t, s.of)) >= 7.0);
    }
}

BOOST_AUTO_TEST_CASE(text_outside_of_shapes_is_legible_where_it_will_be_seen) {
    // One grey for both backgrounds cannot reach 4.5 on either side of the middle; 4 is what WCAG asks of large text
    // plus a margin.
    for (std::string_view page : {"#FFFFFF", "#0D1117"}) {
        BOOST_TEST(contrast(look(theme::both).free, page) >= 4.0);
        BOOST_TEST(contrast(look(theme::both).backward, page) >= 4.0);
    }
    for (theme t : {theme::light, theme::dark, theme::print}) {
        BOOST_TEST(contrast(look(t).free, look(t).background) >= 4.5);
        BOOST_TEST(contrast(look(t).backward, look(t).background) >= 4.5);
    }
}

BOOST_AUTO_TEST_CASE(colour_blind_readers_tell_the_fills_apart) {
    // Constants, operations and aliases differ in shape or line; the two gradients are one colour on purpose.
    const role told_by_colour[] = {role::data, role::parameter, role::activation, role::loss, role::gradient};
    for (role a : told_by_colour)
        for (role b : told_by_colour)
            if (a < b)
                for (const double* m : blindness)
                    BOOST_TEST(distance(seen(linear_light(look(a).fill), m), seen(linear_light(look(b).fill), m)) >=
                               10.0);
}

BOOST_AUTO_TEST_CASE(a_quoted_string_gives_the_text_back) {
    BOOST_TEST(dot_text::quote("plain") == "\"plain\"");
    BOOST_TEST(dot_text::quote("say \"no\"") == "\"say \\\"no\\\"\"");
    BOOST_TEST(dot_text::quote("back\\slash") == "\"back\\\\slash\"");
    BOOST_TEST(dot_text::quote("two\nlines") == "\"two\\nlines\"");
    BOOST_TEST(dot_text::quote("a & b") == "\"a &amp; b\"");
}

BOOST_AUTO_TEST_CASE(html_escapes_and_is_never_empty) {
    BOOST_TEST(dot_text::html("a < b & \"c\" > d") == "a &lt; b &amp; &quot;c&quot; &gt; d");
    BOOST_TEST(dot_text::html("") == " ");
    BOOST_TEST(dot_text::html("{x|y}") == "{x|y}");
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_repaired) {
    BOOST_TEST(dot_text::repaired("\xFF") == "\uFFFD");
    BOOST_TEST(dot_text::repaired("a\xC3") == "a\uFFFD");
    BOOST_TEST(dot_text::repaired("\xC0\x80") == "\uFFFD\uFFFD");            // overlong
    BOOST_TEST(dot_text::repaired("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
    BOOST_TEST(dot_text::repaired("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    BOOST_TEST(dot_text::repaired("∂ŷ𝛿") == "∂ŷ𝛿");
    BOOST_TEST(dot_text::repaired(std::string_view("a\0b\x1B", 4)) == "a b ");
}

BOOST_AUTO_TEST_CASE(no_attribute_exceeds_its_limit_or_loses_its_quote) {
    for (const char* piece : {"a", "\"", "\\", "∂", "&", "\xFF", "\n"}) {
        std::string s;
        while (s.size() < 20000) s += piece;
        const std::string q = dot_text::quote(s);
        BOOST_TEST(q.size() <= dot_text::limit + 2);
        BOOST_TEST(q.back() == '"');
        const std::size_t mark = q.rfind("…");
        BOOST_TEST_REQUIRE(mark == q.size() - 4);
        std::size_t slashes = 0;
        while (q[mark - 1 - slashes] == '\\') ++slashes;
        BOOST_TEST(slashes % 2 == 0u);
        BOOST_TEST(dot_text::repaired(q) == q);  // still UTF-8
    }
    BOOST_TEST(dot_text::cut("∂∂∂", 7) == "∂…");
    BOOST_TEST(dot_text::cut("abc", 3) == "abc");
}

BOOST_AUTO_TEST_CASE(ids_are_safe_in_svg) {
    BOOST_TEST(dot_text::id("fc1.weight") == "fc1.weight");
    BOOST_TEST(dot_text::id("a b<c>") == "a-b-c-");
    BOOST_TEST(dot_text::id("0.fc") == "_0.fc");
    BOOST_TEST(dot_text::id("") == "_");
}

BOOST_AUTO_TEST_CASE(attributes_are_sorted_and_tooltips_set) {
    dot_writer w("test", theme::both, {});
    w.edge("a", "b", {{"weight", "2"}, {"class", "fwd"}});
    w.node("a", role::data, {{"label", "x"}});
    const std::string out = w.finish();
    BOOST_TEST(out.find("  a -> b [class=\"fwd\", tooltip=\" \", weight=\"2\"]\n") != std::string::npos);
    BOOST_TEST(out.find("  a [class=\"data\", color=\"#0072B2\", fillcolor=\"#B3DDF5\", label=\"x\", shape=\"note\", "
                        "style=\"filled\", tooltip=\" \"]\n") != std::string::npos);
    BOOST_TEST(out.substr(out.size() - 2) == "}\n");
    BOOST_TEST(out.find("dpi") == std::string::npos);  // it would clip an SVG
}

BOOST_AUTO_TEST_CASE(a_legend_explains_only_what_occurs) {
    dot_legend legend;
    BOOST_TEST(legend.table(theme::both, 4).empty());
    legend.add(role::loss);
    legend.add(role::data);
    legend.add(role::data);
    const std::string t = legend.table(theme::both, 4);
    BOOST_TEST(t.find("data") < t.find("loss"));
    BOOST_TEST(t.find("data") == t.rfind("data"));
    BOOST_TEST(t.find("parameter") == std::string::npos);
    BOOST_TEST(legend.table(theme::print, 4).find("sheet") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
