// SPDX-License-Identifier: BSL-1.0
// Text built while compiling: names as template arguments, and sentences.
#include <gradus/shape/sentence.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>

using namespace gradus;

namespace {
template <fixed_string Name> struct tagged {};
template <number Value> struct valued {};
template <sentence Words> struct told {};
}  // namespace

BOOST_AUTO_TEST_SUITE(sentence_of)

BOOST_AUTO_TEST_CASE(a_string_literal_is_a_template_argument) {
    static_assert(std::is_same_v<tagged<"x">, tagged<"x">>);
    static_assert(!std::is_same_v<tagged<"x">, tagged<"y">>);
    static_assert(!std::is_same_v<tagged<"x">, tagged<"xx">>);
    static_assert(fixed_string("batch").view() == "batch");
    static_assert(fixed_string("").view().empty());
    BOOST_TEST(fixed_string("σ²").view() == "σ²");
}
BOOST_AUTO_TEST_CASE(equal_names_have_one_address) {
    static_assert(name_of<"batch">() == name_of<"batch">());
    static_assert(name_of<"batch">() != name_of<"batc">());
    BOOST_TEST(name_of<"batch">() == std::string("batch"));
}
BOOST_AUTO_TEST_CASE(a_double_is_a_template_argument) {
    static_assert(std::is_same_v<valued<2>, valued<2.0>>);
    static_assert(!std::is_same_v<valued<0.1>, valued<0.2>>);
    static_assert(!std::is_same_v<valued<0.0>, valued<-0.0>>);  // 1 / x tells them apart
    BOOST_TEST(number(0.25).value == 0.25);
}
BOOST_AUTO_TEST_CASE(words_and_numbers_follow_one_another) {
    constexpr sentence s = [] {
        sentence t;
        t << "inner sizes " << 128 << " and " << std::size_t{100} << " differ by " << std::int64_t{-28};
        return t;
    }();
    static_assert(s.view() == "inner sizes 128 and 100 differ by -28");
    static_assert(s.size() == s.view().size());
    BOOST_TEST(sentence("words").view() == "words");
    BOOST_TEST(sentence().view() == "");
    BOOST_TEST(sentence().size() == 0u);
}
BOOST_AUTO_TEST_CASE(zero_and_the_most_extreme_numbers_are_written) {
    const auto written = [](std::int64_t n) {
        sentence s;
        s << n;
        return std::string(s.view());
    };
    BOOST_TEST(written(0) == "0");
    BOOST_TEST(written(-1) == "-1");
    for (std::int64_t n : {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        BOOST_TEST(written(n) == std::to_string(n));
}
BOOST_AUTO_TEST_CASE(text_that_does_not_fit_is_cut_and_says_so) {
    const std::string all(1000, 'a');
    sentence s{std::string_view(all)};
    BOOST_TEST(s.size() == sentence::room - 1);
    BOOST_TEST(s.view().substr(s.size() - 4) == "a...");
    const sentence before = s;
    BOOST_TEST((s << "b" << 5).view().size() < sentence::room);  // later words do not run over the end
    BOOST_TEST(s.view().substr(0, 300) == before.view().substr(0, 300));
}
BOOST_AUTO_TEST_CASE(the_last_text_that_fits_is_whole) {
    const std::string fits(sentence::room - 4, 'a');
    BOOST_TEST(sentence{std::string_view(fits)}.view() == fits);
}
BOOST_AUTO_TEST_CASE(a_sentence_is_a_template_argument) {
    static_assert(std::is_same_v<told<"a">, told<sentence("a")>>);
    static_assert(!std::is_same_v<told<"a">, told<"b">>);
}

BOOST_AUTO_TEST_SUITE_END()
