// SPDX-License-Identifier: BSL-1.0
// How a shape rule becomes a compile-time check. A rule is a struct whose `apply(fault*)` gives the result's dims or
// the sentence. Each function has a good overload `requires(clash<Rule>.first == clash<Rule>.second)`, so that clang
// prints the two sizes, and a deleted one whose defaulted template arguments are the sizes and the sentence:
//
//     template <class A, class B, clashing sizes = misfit<rule<A, B>>, sentence shape_error = why<rule<A, B>>>
//     invalid matmul(shaped<A>, shaped<B>) = delete;
#pragma once
#include <gradus/expr/expr.hpp>

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
    if constexpr (fits(shape_rule<Rule>::value)) {
        return {};
    } else {
        constexpr fault f = fault_of<Rule>();
        // Where names clash and sizes do not: 0, which nobody takes for a size.
        return {f.first, f.first != f.second ? f.second : f.first == 0 ? 1 : 0};
    }
}
}  // namespace detail

template <class Rule> inline constexpr clashing clash = detail::clash_of<Rule>();

/// The same, only where shapes do not fit: stands first among the defaulted arguments of a deleted overload, so that
/// a good call costs nothing, and shows the numbers in clang's note.
template <class Rule>
    requires(clash<Rule>.first != clash<Rule>.second)
inline constexpr clashing misfit = clash<Rule>;

/// The sentence, where shapes do not fit.
template <class Rule> inline constexpr sentence why = detail::fault_of<Rule>().why;

/// The shape type that a rule gives.
template <class Rule> using result_shape = shape_from<shape_rule<Rule>>;

}  // namespace gradus
