// SPDX-License-Identifier: BSL-1.0
// A node hangs on the id of its expression, in one of 64 rooms.
#include <gradus/expr/definition.hpp>
#include <boost/test/unit_test.hpp>
#include <utility>

namespace {

template <std::uint64_t Id> struct content { static constexpr std::uint64_t number = 10 * Id; };
template <std::uint64_t Id> constexpr std::uint64_t defined() {
    static_assert(sizeof(gradus::detail::define<Id, content<Id>>) > 0);
    return gradus::detail::definition<Id>::number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definition)

BOOST_AUTO_TEST_CASE(each_room_finds_what_was_put_into_it) {
    static_assert(gradus::detail::rooms == 64);
    []<std::uint64_t... I>(std::integer_sequence<std::uint64_t, I...>) {
        static_assert(((defined<I>() == 10 * I) && ...));
    }
    (std::make_integer_sequence<std::uint64_t, 256>{});
    BOOST_TEST(defined<0xFFFFFFFFFFFFFFFFu>() == 10 * 0xFFFFFFFFFFFFFFFFu);
}
BOOST_AUTO_TEST_CASE(defining_twice_the_same_is_no_redefinition) {
    static_assert(defined<3>() == 30);
    static_assert(defined<3>() == 30);
}
BOOST_AUTO_TEST_SUITE_END()
