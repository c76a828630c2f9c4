// SPDX-License-Identifier: BSL-1.0
// What a program says of its leaves and of wrong sizes.
#include "graphs.hpp"
#include <gradus/program/words.hpp>
#include <boost/test/unit_test.hpp>

namespace {
using namespace gradus;
using namespace gradus::testing;

struct small {
    static constexpr builder build() {
        make b;
        b.out(b.matmul(b.in("x", {batch, size(3)}), b.par("w", {size(3), size(2)})));
        return b;
    }
};
constexpr auto graph = freeze<small>();
std::string complaint(std::initializer_list<std::int64_t> sizes) {
    try {
        detail::check_sizes(graph, find_leaf(graph, "x"), {sizes.begin(), sizes.size()});
    } catch (const shape_error& e) {
        return e.what();
    }
    return "";
}
}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(sizes_that_fit_are_not_complained_of) { BOOST_TEST(complaint({7, 3}) == ""); }
BOOST_AUTO_TEST_CASE(a_wrong_size_is_named_with_what_was_wanted_and_given) {
    BOOST_TEST(complaint({7, 4}) == "x wants (batch, 3), got (7, 4): 4 in dimension 1 must be 3");
    BOOST_TEST(complaint({7}) == "x wants (batch, 3), got (7,): 1 dimensions given, 2 wanted");
    BOOST_TEST(complaint({0, 3}) == "x wants (batch, 3), got (0, 3): batch must be at least 1");
}
BOOST_AUTO_TEST_CASE(the_distance_of_words_counts_letters) {
    BOOST_TEST(detail::distance("weight", "wieght") == 2u);
    BOOST_TEST(detail::distance("", "abc") == 3u);
    BOOST_TEST(detail::distance("same", "same") == 0u);
}
BOOST_AUTO_TEST_CASE(parameters_are_listed_with_their_sizes) {
    const std::vector<parameter_info> all = detail::parameters_of(graph);
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].name == "w");
    BOOST_TEST((all[0].dims == std::vector<std::int64_t>{3, 2}));
    BOOST_TEST(all[0].node == find_leaf(graph, "w"));
}

BOOST_AUTO_TEST_SUITE_END()
