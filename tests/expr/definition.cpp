// SPDX-License-Identifier: BSL-1.0
// A node hangs on the type of its expression, in one of sixteen rooms.
#include <gradus/expr/definition.hpp>
#include <boost/test/unit_test.hpp>
#include <type_traits>

namespace {

using gradus::detail::definable;
using gradus::detail::define;

template <int Id> struct thing : definable<Id % gradus::detail::rooms, thing<Id>> {};
template <int Id> struct content {
    static constexpr int number = 10 * Id;
};
template <int Id> constexpr int defined() {
    static_assert(sizeof(define<Id % gradus::detail::rooms, thing<Id>, content<Id>>) > 0);
    using node = std::remove_pointer_t<decltype(thing<Id>::node(static_cast<const thing<Id>*>(nullptr)))>;
    return node::number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definition)

BOOST_AUTO_TEST_CASE(each_room_finds_what_was_put_into_it) {
    static_assert(gradus::detail::rooms == 16);
    []<int... I>(std::integer_sequence<int, I...>) {
        static_assert(((defined<I>() == 10 * I) && ...));
    }(std::make_integer_sequence<int, 64>{});
    BOOST_TEST(defined<17>() == 170);
}
BOOST_AUTO_TEST_CASE(defining_twice_the_same_is_no_redefinition) {
    static_assert(defined<3>() == 30);
    static_assert(defined<3>() == 30);
}
BOOST_AUTO_TEST_CASE(what_has_a_definition_holds_nothing) { static_assert(std::is_empty_v<thing<1>>); }

BOOST_AUTO_TEST_SUITE_END()
