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

// The end of a refused overload. Macros, because it is another form for each compiler:
// - g++ prints the template arguments of a deleted function, so the whole sentence, on the student's line;
// - clang prints the whole overload set for those, 20 to 80 lines. For `diagnose_if` it prints fixed words on the
//   student's line, chosen below by words of the sentence, then the template arguments with the two sizes;
// - clang with C++26's text in static_assert prints the whole sentence, then the student's line.
// GRADUS_REFUSED_AS gives clang's fixed words itself, GRADUS_REFUSED_OPERAND where an operand is no expression.
// With GRADUS_DRAW_ERRORS nothing is refused: the sentence is noted for the picture of the mistake.
#if defined(GRADUS_DRAW_ERRORS)
#define GRADUS_REFUSED(error) { return ::gradus::detail::noted_as<error>(); } static_assert(true)
#define GRADUS_REFUSED_AS(error, words) GRADUS_REFUSED(error)
#define GRADUS_REFUSED_OPERAND(error, operation) GRADUS_REFUSED(error)
#elif !defined(__clang__)
#define GRADUS_REFUSED(error) = delete
#define GRADUS_REFUSED_AS(error, words) = delete
#define GRADUS_REFUSED_OPERAND(error, operation) = delete
#elif defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define GRADUS_REFUSED(error) { static_assert(false, error); return {}; } static_assert(true)
#define GRADUS_REFUSED_AS(error, words) GRADUS_REFUSED(error)
#define GRADUS_REFUSED_OPERAND(error, operation) GRADUS_REFUSED(error)
#else
#define GRADUS_REFUSED_AS(error, words)                                                            \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"")          \
    __attribute__((diagnose_if(true, words, "error"))) _Pragma("clang diagnostic pop")
#define GRADUS_REFUSED_OPERAND(error, operation)                                                                       \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((              \
        diagnose_if(error.has("the layer"), operation " takes no layer: call the layer, as in layer(x)", "error"),     \
        diagnose_if(error.has("input<"), operation " takes no tensor: write an input in its place", "error"),          \
        diagnose_if(error.has("the dimension"), operation " takes no dimension, it is no number", "error"),            \
        diagnose_if(true, operation " takes expressions, and this is none", "error")))                                 \
    _Pragma("clang diagnostic pop")
#define GRADUS_REFUSED(error)                                                                                          \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((              \
        diagnose_if(error.has("inner sizes"), "inner sizes differ: see the two numbers in braces", "error"),           \
        diagnose_if(error.has("features"), "features expected and given differ: see the numbers in braces", "error"),  \
        diagnose_if(error.has("names"), "the sizes are equal, the names of the dimensions are not", "error"),          \
        diagnose_if(error.has("exist"), "there is no such dimension", "error"),                                        \
        diagnose_if(error.has("elements"), "the number of elements would change: see the braces", "error"),            \
        diagnose_if(error.has(""), "shapes do not fit together: see the two numbers in braces", "error")))             \
    _Pragma("clang diagnostic pop")
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
