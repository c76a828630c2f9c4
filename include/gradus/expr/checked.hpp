// SPDX-License-Identifier: BSL-1.0
// How a rule becomes a compile-time check. A rule is a struct whose `apply(fault*)` gives the result's dims or the
// sentence. Each function has a good overload `requires(accepted<rule>)` and a refused one, whose defaulted template
// arguments are what the compiler shows: the two sizes and the sentence.
//
//     template <class A, class B, clashing sizes = misfit<rule<A, B>>, sentence shape_error = why<rule<A, B>>>
//     invalid matmul(shaped<A>, shaped<B>) GRADUS_REFUSED(shape_error);
//
// docs/decisions/0007-how-a-mistake-is-refused.md says why it is done in this way.
#pragma once
#include <gradus/expr/expr.hpp>
#include <gradus/expr/untyped.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 15 "gradus/expr/checked.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// The two sizes that clash; equal when the shapes fit.
struct clashing {
    std::int64_t first = 0;
    std::int64_t second = 0;
};

template <class Rule> struct shape_rule { static constexpr dims value = Rule::apply(nullptr); };

namespace detail {
template <class Rule> constexpr fault fault_of() {
    fault f;
    Rule::apply(&f);
    return f;
}
template <class Rule> constexpr clashing clash_of() {
    constexpr fault f = fault_of<Rule>();
    return {f.first, f.second};
}
}  // namespace detail

/// Does the rule give a shape?
#if defined(GRADUS_DRAW_ERRORS)
template <class Rule> inline constexpr bool accepted = detail::is_drawn<Rule> || fits(shape_rule<Rule>::value);
#else
template <class Rule> inline constexpr bool accepted = fits(shape_rule<Rule>::value);
#endif

/// The two sizes that clash, only where shapes do not fit: stands first among the defaulted arguments of a refused
/// overload, so that a good call costs nothing.
template <class Rule>
    requires(!accepted<Rule>)
inline constexpr clashing misfit = detail::clash_of<Rule>();

/// The sentence, where shapes do not fit.
template <class Rule> inline constexpr sentence why = detail::fault_of<Rule>().why;

/// The shape type that a rule gives.
#if defined(GRADUS_DRAW_ERRORS)
template <class Rule> using result_shape = typename detail::known_shape<Rule>::type;
#else
template <class Rule> using result_shape = shape_from<shape_rule<Rule>>;
#endif

}  // namespace gradus
