// SPDX-License-Identifier: BSL-1.0
// How an operation is refused, and what becomes of its result.
// What an ill-formed operation returns, and what becomes of it: every later operation accepts it and returns it again,
// so that one mistake gives one error (clang goes on with the type of a deleted function's result).
// A new operation adds its name here; tests/refuse has cases that use a wrong result in five more lines.
#pragma once
#include <gradus/shape/sentence.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 10 "gradus/expr/invalid.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

// The end of a refused overload. Macros, because it is another form for each compiler:
// - g++ prints the template arguments of a deleted function, so the whole sentence, on the student's line;
// - clang prints the whole overload set for those, 20 to 80 lines. For `diagnose_if` it prints fixed words on the
//   student's line, chosen below by words of the sentence, then the template arguments with the two sizes;
// - clang with C++26's text in static_assert prints the whole sentence, then the student's line.
// GRADUS_REFUSED_AS gives clang's fixed words itself, GRADUS_REFUSED_OPERAND where an operand is no expression.
// With GRADUS_DRAW_ERRORS nothing is refused: the sentence is noted for the picture of the mistake.
#if defined(GRADUS_DRAW_ERRORS)
#define GRADUS_REFUSED(error)                       \
    { return ::gradus::detail::noted_as<error>(); } \
    static_assert(true)
#define GRADUS_REFUSED_AS(error, words) GRADUS_REFUSED(error)
#define GRADUS_REFUSED_OPERAND(error, operation) GRADUS_REFUSED(error)
#elif !defined(__clang__)
#define GRADUS_REFUSED(error) = delete
#define GRADUS_REFUSED_AS(error, words) = delete
#define GRADUS_REFUSED_OPERAND(error, operation) = delete
#elif defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define GRADUS_REFUSED(error)        \
    {                                \
        static_assert(false, error); \
        return {};                   \
    }                                \
    static_assert(true)
#define GRADUS_REFUSED_AS(error, words) GRADUS_REFUSED(error)
#define GRADUS_REFUSED_OPERAND(error, operation) GRADUS_REFUSED(error)
#else
#define GRADUS_REFUSED_AS(error, words)                                                   \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") \
        __attribute__((diagnose_if(true, words, "error"))) _Pragma("clang diagnostic pop")
#define GRADUS_REFUSED_OPERAND(error, operation)                                                                    \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((           \
        diagnose_if(error.has("the layer"), operation " takes no layer: call the layer, as in layer(x)", "error"),  \
        diagnose_if(error.has("in its place"), operation " takes no tensor: write an input in its place", "error"), \
        diagnose_if(error.has("the dimension"), operation " takes no dimension, it is no number", "error"),         \
        diagnose_if(error.has("takes 2 expressions"), operation " takes 2 expressions, and this is none", "error"), \
        diagnose_if(true, operation " takes expressions and plain numbers, and this is neither", "error")))         \
    _Pragma("clang diagnostic pop")
// GRADUS_REFUSED stands behind template arguments `clashing sizes` and a sentence.
#define GRADUS_REFUSED(error)                                                                                         \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") __attribute__((             \
        diagnose_if(error.has("inner sizes") && error.has("transpose(b)"),                                            \
                    "inner sizes differ: see the two numbers in braces; write matmul(a, transpose(b))", "error"),     \
        diagnose_if(error.has("inner sizes"), "inner sizes differ: see the two numbers in braces", "error"),          \
        diagnose_if(error.has("batch sizes"), "batch sizes differ: see the two numbers in braces", "error"),          \
        diagnose_if(error.has("features"), "features expected and given differ: see the numbers in braces", "error"), \
        diagnose_if(error.has("names for"), "rename counts its names: one for each dimension, or one for the last",   \
                    "error"),                                                                                         \
        diagnose_if(error.has("only when the program runs"),                                                          \
                    "a size known only when the program runs cannot be changed here", "error"),                       \
        diagnose_if(error.has("names"), "the sizes are equal, the names of the dimensions are not", "error"),         \
        diagnose_if(error.has("exist"), "there is no such dimension", "error"),                                       \
        diagnose_if(error.has("twice"), "a dimension stands twice", "error"),                                         \
        diagnose_if(error.has("a scalar has no"), "a scalar has no dimension for this", "error"),                     \
        diagnose_if(error.has("all with all"),                                                                        \
                    "a column and a row would pair all with all: see the two sizes in braces", "error"),              \
        diagnose_if(error.has("symbolic"), "sizes known only when the program runs differ: they stay in a new shape", \
                    "error"),                                                                                         \
        diagnose_if(error.has("elements"), "the number of elements would change: see the braces", "error"),           \
        diagnose_if(error.has("probabilit"),                                                                          \
                    "as many probabilities as classes are wanted: see the two numbers in braces", "error"),           \
        diagnose_if(error.has("dimension") && !error.has("in dimension") && !error.has("last dimension"),             \
                    "the number of dimensions is wrong: see the two numbers in braces", "error"),                     \
        diagnose_if(sizes.first == -1 || sizes.second == -1,                                                          \
                    "shapes do not fit together: -1 in braces is a size known only when the program runs", "error"),  \
        diagnose_if(error.has(""), "shapes do not fit together: see the two numbers in braces", "error")))            \
    _Pragma("clang diagnostic pop")
#endif

namespace gradus {

struct invalid;
#if defined(GRADUS_DRAW_ERRORS)
namespace detail {
template <sentence Text> constexpr invalid noted_as();  // expr/untyped.hpp
}
#endif
template <class T> inline constexpr bool is_invalid = false;
template <> inline constexpr bool is_invalid<invalid> = true;

/// The result of an operation whose operands do not fit. Its functions are friends, found only where an operand is
/// invalid: so clang does not list them among the candidates of every other mistake.
struct invalid {
    template <class... T> constexpr invalid operator()(const T&...) const { return {}; }  // a chain, a program
    template <class T> constexpr invalid operator[](const T&) const { return {}; }
    template <class... T> constexpr invalid step(const T&...) const { return {}; }  // a trainer

    // clang-format off
    template <class T> friend constexpr invalid operator+(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator+(const T&, invalid) { return {}; }
    friend constexpr invalid operator+(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator-(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator-(const T&, invalid) { return {}; }
    friend constexpr invalid operator-(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator*(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator*(const T&, invalid) { return {}; }
    friend constexpr invalid operator*(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator/(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator/(const T&, invalid) { return {}; }
    friend constexpr invalid operator/(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator<(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator<(const T&, invalid) { return {}; }
    friend constexpr invalid operator<(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator<=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator<=(const T&, invalid) { return {}; }
    friend constexpr invalid operator<=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>(const T&, invalid) { return {}; }
    friend constexpr invalid operator>(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>=(const T&, invalid) { return {}; }
    friend constexpr invalid operator>=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator==(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator==(const T&, invalid) { return {}; }
    friend constexpr invalid operator==(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator!=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator!=(const T&, invalid) { return {}; }
    friend constexpr invalid operator!=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>>(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>>(const T&, invalid) { return {}; }
    friend constexpr invalid operator>>(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid pow(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid pow(const T&, invalid) { return {}; }
    friend constexpr invalid pow(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid maximum(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid maximum(const T&, invalid) { return {}; }
    friend constexpr invalid maximum(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid minimum(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid minimum(const T&, invalid) { return {}; }
    friend constexpr invalid minimum(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid matmul(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid matmul(const T&, invalid) { return {}; }
    friend constexpr invalid matmul(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid cross_entropy(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid cross_entropy(const T&, invalid) { return {}; }
    friend constexpr invalid cross_entropy(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid binary_cross_entropy_with_logits(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid binary_cross_entropy_with_logits(const T&, invalid) { return {}; }
    friend constexpr invalid binary_cross_entropy_with_logits(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid mse_loss(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid mse_loss(const T&, invalid) { return {}; }
    friend constexpr invalid mse_loss(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid grad(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid grad(const T&, invalid) { return {}; }
    friend constexpr invalid grad(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator&&(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator&&(const T&, invalid) { return {}; }
    friend constexpr invalid operator&&(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator||(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator||(const T&, invalid) { return {}; }
    friend constexpr invalid operator||(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator<<(invalid, const T&) { return {}; }
    template <class Stream> requires requires(Stream& stream) { stream.flush(); } friend Stream& operator<<(Stream& stream, invalid) { return stream; }
    friend constexpr invalid operator!(invalid) { return {}; }
    friend constexpr invalid operator+(invalid) { return {}; }
    friend constexpr invalid operator-(invalid) { return {}; }
    friend constexpr invalid exp(invalid) { return {}; }
    friend constexpr invalid log(invalid) { return {}; }
    friend constexpr invalid sqrt(invalid) { return {}; }
    friend constexpr invalid abs(invalid) { return {}; }
    friend constexpr invalid sign(invalid) { return {}; }
    friend constexpr invalid tanh(invalid) { return {}; }
    friend constexpr invalid square(invalid) { return {}; }
    friend constexpr invalid transpose(invalid) { return {}; }
    template <number Exponent> friend constexpr invalid pow(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid permute(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid sum(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid mean(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid max(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid argmax(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid softmax(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid log_softmax(invalid) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid sum(invalid, Keep) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid mean(invalid, Keep) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid max(invalid, Keep) { return {}; }
    template <auto... D> friend constexpr invalid reshape(invalid) { return {}; }
    template <fixed_string... Names> friend constexpr invalid rename(invalid) { return {}; }
    template <auto... D> friend constexpr invalid broadcast_to(invalid) { return {}; }
    template <class C, class A, class B> requires(is_invalid<C> || is_invalid<A> || is_invalid<B>) friend constexpr invalid where(const C&, const A&, const B&) { return {}; }
    // clang-format on
};

}  // namespace gradus
