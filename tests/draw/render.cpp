// SPDX-License-Identifier: BSL-1.0
// Files: formats, names that a shell would misread, failures that leave nothing behind.
#include <gradus/draw/render.hpp>
#include "drawn.hpp"

using namespace gradus;

namespace {
constexpr std::string_view picture = "digraph { a -> b }\n";
/// What `render` or `save_dot` complains of.
template <class F> std::string complaint(F f) {
    try {
        f();
    } catch (const render_error& e) {
        return e.what();
    }
    return "nothing";
}
bool folder_is_empty(const std::string& path) {
    return std::system(("test -z \"$(ls -A " + path + ")\"").c_str()) == 0;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(rendering)

BOOST_AUTO_TEST_CASE(dot_text_is_written_as_it_is) {
    const drawn::folder place;
    save_dot(place.path + "/a.dot", picture);
    BOOST_TEST(drawn::read(place.path + "/a.dot") == picture);
    save_dot(place.path + "/a.dot", "");
    BOOST_TEST(drawn::read(place.path + "/a.dot") == "");
}

BOOST_AUTO_TEST_CASE(each_format_gives_its_kind_of_file) {
    if (!drawn::has("dot")) {
        BOOST_TEST_MESSAGE("dot is not installed: nothing is rendered");
        return;
    }
    const drawn::folder place;
    render(place.path + "/a.svg", picture);
    render(place.path + "/a.png", picture);
    render(place.path + "/a.pdf", picture);
    BOOST_TEST(drawn::read(place.path + "/a.svg").find("<svg") != std::string::npos);
    BOOST_TEST(drawn::read(place.path + "/a.png").substr(1, 3) == "PNG");
    BOOST_TEST(drawn::read(place.path + "/a.pdf").substr(0, 4) == "%PDF");
    // More dots per inch, more pixels: the width stands in bytes 16 to 19.
    const auto width = [&](int dpi) {
        render(place.path + "/b.png", picture, {.dpi = dpi});
        const std::string png = drawn::read(place.path + "/b.png");
        return static_cast<unsigned char>(png[18]) * 256 + static_cast<unsigned char>(png[19]);
    };
    BOOST_TEST(width(192) > 3 * width(48));
}

BOOST_AUTO_TEST_CASE(names_with_signs_of_the_shell_are_only_names) {
    if (!drawn::has("dot")) return;
    const drawn::folder place;
    const std::string path = place.path + "/a b; touch x $(touch y) 'q'.svg";
    render(path, picture);
    BOOST_TEST(drawn::read(path).find("<svg") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_missing_graphviz_is_told_with_its_remedy) {
    const drawn::folder place;
    BOOST_TEST(complaint([&] { render(place.path + "/a.svg", picture, {.program = "no-such-dot"}); }) ==
               "no-such-dot not found: apt-get install graphviz");
    BOOST_TEST(folder_is_empty(place.path));
}

BOOST_AUTO_TEST_CASE(a_failure_leaves_the_old_file_and_no_other) {
    const drawn::folder place;
    BOOST_TEST(complaint([&] { render(place.path + "/a.jpeg", picture); }) ==
               "a path ending in .svg, .png or .pdf is wanted, '" + place.path + "/a.jpeg' is given");
    BOOST_TEST(complaint([&] { save_dot(place.path + "/none/a.dot", picture); }) ==
               "cannot write " + place.path + "/none/a.dot: No such file or directory");
    BOOST_TEST(folder_is_empty(place.path));
    if (!drawn::has("dot")) return;
    save_dot(place.path + "/a.svg", "old");
    BOOST_TEST(complaint([&] {
                   render(place.path + "/a.svg", "digraph {");
               }).find("dot cannot draw " + place.path + "/a.svg: ") == 0u);
    BOOST_TEST(drawn::read(place.path + "/a.svg") == "old");
}

BOOST_AUTO_TEST_SUITE_END()
