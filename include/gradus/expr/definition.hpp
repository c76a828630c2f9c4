// SPDX-License-Identifier: BSL-1.0
// How the node of an expression hangs on its type: `define<E, Node>` injects a friend function, `definition_of<E>` finds
// it by argument-dependent lookup. The names of types stay short, and the same content gives the same type everywhere.
//
// Friends of one name are looked up together, which is quadratic in their number (4.3 s for 4000 nodes, g++ 12).
// Sixteen names make that 0.6 s, hence the sixteen rooms; tools/bench compile measures it.
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

inline constexpr int rooms = 16;

/// Base of an expression: declares the function that will return a (null) pointer to its node, and calls it.
template <int Room, class E> struct definable;
/// Instantiating it defines that function.
template <int Room, class E, class Node> struct define;

// clang-format off
template <class E> struct definable<0, E> { friend constexpr auto definition_0(const E*); static constexpr auto node(const E* e) { return definition_0(e); } };
template <class E> struct definable<1, E> { friend constexpr auto definition_1(const E*); static constexpr auto node(const E* e) { return definition_1(e); } };
template <class E> struct definable<2, E> { friend constexpr auto definition_2(const E*); static constexpr auto node(const E* e) { return definition_2(e); } };
template <class E> struct definable<3, E> { friend constexpr auto definition_3(const E*); static constexpr auto node(const E* e) { return definition_3(e); } };
template <class E> struct definable<4, E> { friend constexpr auto definition_4(const E*); static constexpr auto node(const E* e) { return definition_4(e); } };
template <class E> struct definable<5, E> { friend constexpr auto definition_5(const E*); static constexpr auto node(const E* e) { return definition_5(e); } };
template <class E> struct definable<6, E> { friend constexpr auto definition_6(const E*); static constexpr auto node(const E* e) { return definition_6(e); } };
template <class E> struct definable<7, E> { friend constexpr auto definition_7(const E*); static constexpr auto node(const E* e) { return definition_7(e); } };
template <class E> struct definable<8, E> { friend constexpr auto definition_8(const E*); static constexpr auto node(const E* e) { return definition_8(e); } };
template <class E> struct definable<9, E> { friend constexpr auto definition_9(const E*); static constexpr auto node(const E* e) { return definition_9(e); } };
template <class E> struct definable<10, E> { friend constexpr auto definition_10(const E*); static constexpr auto node(const E* e) { return definition_10(e); } };
template <class E> struct definable<11, E> { friend constexpr auto definition_11(const E*); static constexpr auto node(const E* e) { return definition_11(e); } };
template <class E> struct definable<12, E> { friend constexpr auto definition_12(const E*); static constexpr auto node(const E* e) { return definition_12(e); } };
template <class E> struct definable<13, E> { friend constexpr auto definition_13(const E*); static constexpr auto node(const E* e) { return definition_13(e); } };
template <class E> struct definable<14, E> { friend constexpr auto definition_14(const E*); static constexpr auto node(const E* e) { return definition_14(e); } };
template <class E> struct definable<15, E> { friend constexpr auto definition_15(const E*); static constexpr auto node(const E* e) { return definition_15(e); } };
template <class E, class Node> struct define<0, E, Node> { friend constexpr auto definition_0(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<1, E, Node> { friend constexpr auto definition_1(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<2, E, Node> { friend constexpr auto definition_2(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<3, E, Node> { friend constexpr auto definition_3(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<4, E, Node> { friend constexpr auto definition_4(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<5, E, Node> { friend constexpr auto definition_5(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<6, E, Node> { friend constexpr auto definition_6(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<7, E, Node> { friend constexpr auto definition_7(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<8, E, Node> { friend constexpr auto definition_8(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<9, E, Node> { friend constexpr auto definition_9(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<10, E, Node> { friend constexpr auto definition_10(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<11, E, Node> { friend constexpr auto definition_11(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<12, E, Node> { friend constexpr auto definition_12(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<13, E, Node> { friend constexpr auto definition_13(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<14, E, Node> { friend constexpr auto definition_14(const E*) { return static_cast<Node*>(nullptr); } };
template <class E, class Node> struct define<15, E, Node> { friend constexpr auto definition_15(const E*) { return static_cast<Node*>(nullptr); } };
// clang-format on

}  // namespace gradus::detail

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#elif defined(__clang__)
#pragma clang diagnostic pop
#endif
