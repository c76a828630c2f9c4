// SPDX-License-Identifier: BSL-1.0
// The picture of mistakes: its parts, and what it says of the mistakes that this program was compiled with.
// tests/mistakes/ has whole pictures of files.
#include <gradus/draw/mistake.hpp>
#include <gradus/expr/contract.hpp>
#include <gradus/layer/linear.hpp>
#include <boost/test/unit_test.hpp>

using namespace gradus;

namespace {

// This program is a test: it does not end with a picture.
const bool ends_as_usual = detail::noted.written = true;

[[maybe_unused]] constexpr auto drawn = -matmul(input<"<x>", 6, 7>, parameter<"drawn", 11, 13>);

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(mistake_picture)

BOOST_AUTO_TEST_CASE(a_sentence_has_a_headline_a_place_and_a_way_out) {
    const drawing::sentence_parts parts("3 and 4 differ: add cannot combine a and b; write c; or d");
    BOOST_TEST(parts.headline == "3 and 4 differ");
    BOOST_TEST(parts.rest == "add cannot combine a and b");
    BOOST_TEST(parts.way_out == "write c; or d");
    BOOST_TEST(drawing::sentence_parts("nothing").headline == "nothing");
    BOOST_TEST(drawing::sentence_parts("y is not given: write y = a tensor").way_out == "write y = a tensor");
}

BOOST_AUTO_TEST_CASE(long_lines_are_broken_at_spaces) {
    const auto lines = drawing::wrapped("one two three four", 10);
    BOOST_TEST_REQUIRE(lines.size() == 2u);
    BOOST_TEST(lines[0] == "one two");
    BOOST_TEST(lines[1] == "three four");
}

BOOST_AUTO_TEST_CASE(the_clashing_sizes_are_bold_each_once) {
    std::vector<std::string> words{"1", "64"};
    BOOST_TEST(drawing::with_bold("1 and 64 differ in dimension 1 of 164", words) ==
               "<B>1</B> and <B>64</B> differ in dimension 1 of 164");
}

BOOST_AUTO_TEST_CASE(of_equal_sizes_the_names_clash) {
    const auto words = drawing::clashing_words("inner names hidden=10 and classes=10 differ", {"", 10, 10});
    BOOST_TEST_REQUIRE(words.size() == 2u);
    BOOST_TEST(words[0] == "hidden=10");
    BOOST_TEST(words[1] == "classes=10");
}

BOOST_AUTO_TEST_CASE(a_card_says_what_was_wanted_and_given_also_where_no_shapes_are_known) {
    const std::string card =
        drawing::mistake_card({"2 dimensions wanted, 1 given: f of <x>; write \"y\"", 2, 1}, "", "");
    BOOST_TEST(has(card, "<B>2</B> dimensions wanted, <B>1</B> given"));
    BOOST_TEST(has(card, ">expected<"));
    BOOST_TEST(has(card, ">got<"));
    BOOST_TEST(has(card, "f of &lt;x&gt;"));
    BOOST_TEST(has(card, "write &quot;y&quot;"));
}

BOOST_AUTO_TEST_CASE(the_faulty_node_is_red_its_operands_edges_too_and_what_is_above_has_no_shape) {
    const std::string dot = draw_mistakes();
    BOOST_TEST(has(dot, "<B>✗</B>  <B>matmul</B>"));
    BOOST_TEST(has(dot, "6×<B>7</B>"));
    BOOST_TEST(has(dot, "<B>11</B>×13"));
    BOOST_TEST(has(dot, "neg: no shape, because of the mistake below"));
    BOOST_TEST(has(dot, "inner sizes <B>7</B> and <B>11</B> differ"));
    BOOST_TEST(dot == draw_mistakes());
}

BOOST_AUTO_TEST_CASE(the_picture_is_written_into_a_file) {
    const std::string path = "mistake_test_" + std::to_string(getpid()) + ".dot";
    BOOST_TEST(write_mistakes(path));
    std::FILE* file = std::fopen(path.c_str(), "r");
    BOOST_TEST_REQUIRE(file != nullptr);
    std::fclose(file);
    std::remove(path.c_str());
}

BOOST_AUTO_TEST_SUITE_END()
