// SPDX-License-Identifier: BSL-1.0
// How the node of an expression hangs on its id: instantiating `define<Id, Node>` injects a friend function,
// `definition<Id>` finds it by argument-dependent lookup. The names of types stay short, and the same content gives the
// same type everywhere; two nodes of one id are a redefinition.
//
// Friends of one name are compared with each other, which is quadratic in their number. 64 names, one for each room,
// make 4000 nodes cost g++ 12 0.9 s and clang 14 1.4 s (16 names: 1.2 s and 2.1 s); tools/bench compile
// measures it. A name cannot be computed by a template: hence the macro, which ends with this file. The parameter of
// a friend is a class of the id alone: lookup then has one class to search and no template arguments.
#pragma once
#include <cstdint>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"  // one function for each expression is what we want
#elif defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-inline"
#endif

namespace gradus::detail {

inline constexpr std::uint64_t rooms = 64;
template <std::uint64_t Number> struct room;

// clang-format off
#define GRADUS_ROOM(N)                                                                                                 \
    template <> struct room<N> {                                                                                       \
        template <std::uint64_t Id> struct key { friend constexpr auto definition_##N(key*); };                        \
        template <std::uint64_t Id, class Node> struct define {                                                        \
            friend constexpr auto definition_##N(key<Id>*) { return Node{}; }                                          \
        };                                                                                                             \
        template <std::uint64_t Id> using found = decltype(definition_##N(static_cast<key<Id>*>(nullptr)));            \
    };
GRADUS_ROOM(0) GRADUS_ROOM(1) GRADUS_ROOM(2) GRADUS_ROOM(3) GRADUS_ROOM(4) GRADUS_ROOM(5) GRADUS_ROOM(6) GRADUS_ROOM(7)
GRADUS_ROOM(8) GRADUS_ROOM(9) GRADUS_ROOM(10) GRADUS_ROOM(11) GRADUS_ROOM(12) GRADUS_ROOM(13) GRADUS_ROOM(14) GRADUS_ROOM(15)
GRADUS_ROOM(16) GRADUS_ROOM(17) GRADUS_ROOM(18) GRADUS_ROOM(19) GRADUS_ROOM(20) GRADUS_ROOM(21) GRADUS_ROOM(22) GRADUS_ROOM(23)
GRADUS_ROOM(24) GRADUS_ROOM(25) GRADUS_ROOM(26) GRADUS_ROOM(27) GRADUS_ROOM(28) GRADUS_ROOM(29) GRADUS_ROOM(30) GRADUS_ROOM(31)
GRADUS_ROOM(32) GRADUS_ROOM(33) GRADUS_ROOM(34) GRADUS_ROOM(35) GRADUS_ROOM(36) GRADUS_ROOM(37) GRADUS_ROOM(38) GRADUS_ROOM(39)
GRADUS_ROOM(40) GRADUS_ROOM(41) GRADUS_ROOM(42) GRADUS_ROOM(43) GRADUS_ROOM(44) GRADUS_ROOM(45) GRADUS_ROOM(46) GRADUS_ROOM(47)
GRADUS_ROOM(48) GRADUS_ROOM(49) GRADUS_ROOM(50) GRADUS_ROOM(51) GRADUS_ROOM(52) GRADUS_ROOM(53) GRADUS_ROOM(54) GRADUS_ROOM(55)
GRADUS_ROOM(56) GRADUS_ROOM(57) GRADUS_ROOM(58) GRADUS_ROOM(59) GRADUS_ROOM(60) GRADUS_ROOM(61) GRADUS_ROOM(62) GRADUS_ROOM(63)
#undef GRADUS_ROOM
    // clang-format on

    /// Its completion makes `Node`, which is empty, the definition of the id.
    template <std::uint64_t Id, class Node>
    using define = typename room<Id % rooms>::template define<Id, Node>;
/// The node of an id that has been defined.
template <std::uint64_t Id> using definition = typename room<Id % rooms>::template found<Id>;

}  // namespace gradus::detail

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#elif defined(__clang__)
#pragma clang diagnostic pop
#endif
