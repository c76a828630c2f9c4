// SPDX-License-Identifier: BSL-1.0
// The growing array holds what std::vector holds after the same calls, in the compiler and while the program runs.
#include <gradus/expr/growing.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

using gradus::growing;

namespace {

constexpr int sum(std::span<const int> list) {
    int n = 0;
    for (int x : list) n += x;
    return n;
}
constexpr growing<int> counted(int n) {
    growing<int> list;
    for (int i = 0; i < n; ++i) list.push_back(i);
    return list;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growing_)

BOOST_AUTO_TEST_CASE(it_grows_while_compiling) {
    static_assert(counted(1000).size() == 1000);
    static_assert(sum(counted(1000)) == 499500);
    static_assert(sum(growing<int>(3, 7)) == 21 && sum(growing<int>{1, 2, 3}) == 6);
    static_assert(growing<int>().empty() && growing<int>().data() == nullptr);
}
BOOST_AUTO_TEST_CASE(copies_are_apart_and_moves_leave_nothing) {
    growing<std::string> a{"one", "two"};
    growing<std::string> b = a;
    b[0] = "three";
    BOOST_TEST(a[0] == "one");
    growing<std::string> c = std::move(b);
    BOOST_TEST(b.empty());
    BOOST_TEST(c[0] == "three");
    a = c;
    c = growing<std::string>();
    BOOST_TEST(a.size() == 2u);
    BOOST_TEST(c.empty());
    a = *&a;
    BOOST_TEST(a[1] == "two");
}
BOOST_AUTO_TEST_CASE(an_element_of_its_own_can_be_added_when_it_is_full) {
    growing<std::string> list{"a long text that does not fit into the string itself"};
    for (int i = 0; i < 100; ++i) list.push_back(list[0]);
    BOOST_TEST(list.back() == list[0]);
}
BOOST_AUTO_TEST_CASE(arrays_of_arrays_are_moved) {
    growing<growing<int>> all;
    for (int i = 0; i < 50; ++i) all.push_back(counted(i));
    for (int i = 0; i < 50; ++i) BOOST_TEST(all[static_cast<std::size_t>(i)].size() == static_cast<std::size_t>(i));
}
BOOST_AUTO_TEST_CASE(random_calls_leave_what_a_vector_holds) {
    std::mt19937 random(7);
    growing<std::string> list;
    std::vector<std::string> model;
    for (int step = 0; step < 5000; ++step) {
        const std::string text = "element number " + std::to_string(step);
        switch (random() % 8) {
            case 0:
                if (!model.empty()) {
                    list.pop_back();
                    model.pop_back();
                }
                break;
            case 1:
                if (!model.empty()) {
                    const std::size_t at = random() % model.size();
                    list.erase(list.begin() + at);
                    model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
                }
                break;
            case 2:
                if (random() % 20 == 0) {
                    const std::size_t size = random() % 40;
                    list.resize(size, text);
                    model.resize(size, text);
                }
                break;
            case 3:
                if (random() % 50 == 0) {
                    list.assign(5, text);
                    model.assign(5, text);
                }
                break;
            case 4: list.reserve(random() % 100); break;
            default:
                list.push_back(text);
                model.push_back(text);
        }
        BOOST_REQUIRE_EQUAL_COLLECTIONS(list.begin(), list.end(), model.begin(), model.end());
    }
}

BOOST_AUTO_TEST_SUITE_END()
