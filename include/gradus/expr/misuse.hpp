// SPDX-License-Identifier: BSL-1.0
// Mistakes that are not about shapes: operations on what is no expression, dimensions in the wrong brackets, and the
// operators of C++ that mean nothing here. Each is a refused overload with a sentence, where C++ alone would list all
// that it tried, up to 360 lines. Each has an expression or a layer among its arguments, so nobody else's calls are
// touched.
#pragma once
#include <gradus/expr/loss.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 10 "gradus/expr/misuse.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

template <class Definition> struct layer;  // layer/layer.hpp

namespace detail {

/// What stands where an expression belongs.
enum class stranger { layer, text, null, dimension, tensor, container, truth, number, expression, other };

template <class D> D layer_definition(const layer<D>*);
template <class T> concept LayerLike = requires(const T* t) { layer_definition(t); };

template <class T> constexpr stranger stranger_of() {
    if constexpr (is_expression<T>)
        return stranger::expression;
    else if constexpr (std::is_same_v<T, bool>)
        return stranger::truth;
    else if constexpr (std::is_arithmetic_v<T>)
        return stranger::number;
    else if constexpr (std::is_same_v<T, std::nullptr_t>)
        return stranger::null;
    else if constexpr (std::is_convertible_v<T, std::string_view>)
        return stranger::text;
    else if constexpr (Dimension<T>)
        return stranger::dimension;
    else if constexpr (LayerLike<T>)
        return stranger::layer;
    else if constexpr (requires(const T& t) { t.shape(); })
        return stranger::tensor;
    else if constexpr (std::is_array_v<T> || requires(const T& t) { t.size(); })
        return stranger::container;
    else
        return stranger::other;
}
constexpr std::string_view text_of_name(const char* name, const char* otherwise) { return name ? name : otherwise; }
/// The name of a layer or a dimension.
template <class T> constexpr std::string_view stranger_name() {
    if constexpr (Dimension<T>) {
        return text_of_name(axis_of<T>.name, "");
    } else if constexpr (stranger_of<T>() == stranger::layer) {
        using definition = decltype(layer_definition(static_cast<const T*>(nullptr)));
        return text_of_name(definition::name, definition::type);
    } else {
        return "";
    }
}
constexpr sentence& write_stranger(sentence& s, stranger what, std::string_view name) {
    switch (what) {
        case stranger::layer:
            return s << "the layer " << name;
        case stranger::text:
            return s << "a text";
        case stranger::null:
            return s << "nullptr";
        case stranger::dimension:
            return s << "the dimension " << name;
        case stranger::tensor:
            return s << "a tensor";
        case stranger::container:
            return s << "a list of numbers";
        case stranger::truth:
            return s << "a truth value";
        case stranger::number:
            return s << "a number";
        case stranger::expression:
            return s << "an expression";
        default:
            return s << "what is neither expression nor number";
    }
}
/// Writes `input<"data", batch, 64>`.
constexpr sentence& write_input(sentence& s, const dims& d, std::string_view name = "data") {
    s << "input<\"" << name << "\"";
    for (int i = 0; i < d.rank; ++i) {
        s << ", ";
        if (d[i].name && !d[i].is_symbolic())
            s << "dim<\"" << std::string_view(d[i].name) << "\", " << d[i].size << ">";
        else
            s << d[i];
    }
    return s << ">";
}
/// What to do instead, for `operation` of an expression of shape `d` and something else.
constexpr sentence& write_way_out(sentence& s, const dims& d, stranger what, std::string_view name) {
    switch (what) {
        case stranger::layer:
            return s << "; a layer is called with an expression: write " << name << "(x)";
        case stranger::tensor:
        case stranger::container:
            return write_input(s << "; write ", d) << " in its place, and give the numbers when the program runs";
        case stranger::dimension:
            return s << "; for a mean over a dimension write mean<0>(x)";
        default:
            return s << "; write a number or an expression";
    }
}
constexpr sentence strange_operand(std::string_view operation, const dims& d, stranger what, std::string_view name,
                                   bool first) {
    sentence s;
    s << operation << " cannot combine ";
    if (first)
        write_stranger(s, what, name) << " and " << d;
    else
        write_stranger(s << d << " and ", what, name);
    return write_way_out(s, d, what, name);
}
template <op O, class S, class T>
inline constexpr sentence strange_right = strange_operand(info(O).name, dims_of<S>,
                                                          stranger_of<std::remove_cvref_t<T>>(),
                                                          stranger_name<std::remove_cvref_t<T>>(), false);
template <op O, class S, class T>
inline constexpr sentence strange_left = strange_operand(info(O).name, dims_of<S>,
                                                         stranger_of<std::remove_cvref_t<T>>(),
                                                         stranger_name<std::remove_cvref_t<T>>(), true);
template <class T> inline constexpr bool is_strange = !std::is_arithmetic_v<T> && !is_invalid<T>;
template <class S, std::uint64_t I, int N> inline constexpr bool is_strange<expr<S, I, N>> = false;

/// A function of two expressions, given something else.
constexpr sentence strange_argument(std::string_view function, const dims& d, stranger what, std::string_view name,
                                    bool first, std::string_view instead) {
    sentence s;
    s << function << " takes 2 expressions, ";
    if (first)
        write_stranger(s, what, name) << " and " << d << " are given";
    else
        write_stranger(s << d << " and ", what, name) << " are given";
    if (what == stranger::number || what == stranger::truth) {
        if (instead != "input") return s << "; write " << instead;
        dims target = d;
        if (function == "cross_entropy" && d.rank > 0) --target.rank;
        return write_input(s << "; write ", target, "y") << " for the target";
    }
    return write_way_out(s, d, what, name);
}
template <fixed_string Function, class S, class T, bool First, fixed_string Instead>
inline constexpr sentence strange = strange_argument(Function.view(), dims_of<S>, stranger_of<std::remove_cvref_t<T>>(),
                                                     stranger_name<std::remove_cvref_t<T>>(), First, Instead.view());

/// A function of one expression, given more.
constexpr sentence extra_arguments(std::string_view function, int given, stranger second, std::string_view instead) {
    sentence s;
    s << function << " takes 1 expression, " << given << " arguments are given";
    const bool reduces = function == "sum" || function == "mean" || function == "max";
    if (second == stranger::expression && function == "max") return s << "; the larger of two is written maximum(x, y)";
    if (second == stranger::expression) return s << "; write " << function << " of one";
    if (second == stranger::truth && reduces) return s << "; write " << function << "<0>(x, keepdims)";
    if (function == "transpose") return s << ": it swaps the last two dimensions; for others write " << instead;
    return s << (second == stranger::number ? ": dimensions stand in angle brackets; write " : "; write ") << instead;
}
template <fixed_string Function, class T, int Given, fixed_string Instead>
inline constexpr sentence extra = extra_arguments(Function.view(), Given, stranger_of<T>(), Instead.view());

/// A function of one expression, given a layer.
constexpr sentence layer_as_argument(std::string_view function, std::string_view layer) {
    sentence s;
    const std::string_view call = function == "-" ? "-" : function;
    s << call << " takes an expression, the layer " << layer << " is given; write " << call;
    if (function == "-") return s << layer << "(x)";
    return s << "(" << layer << "(x))";
}
template <fixed_string Function, class D>
inline constexpr sentence of_layer = layer_as_argument(Function.view(), text_of_name(D::name, D::type));

/// Too few arguments.
constexpr sentence missing_arguments(std::string_view function, int wanted, int given, std::string_view instead) {
    sentence s;
    return s << function << " takes " << wanted << " arguments, " << given << (given == 1 ? " is" : " are")
             << " given; write " << instead;
}
template <fixed_string Function, int Wanted, int Given, fixed_string Instead>
inline constexpr sentence missing = missing_arguments(Function.view(), Wanted, Given, Instead.view());

constexpr sentence expression_with_layer(const dims& d, std::string_view layer) {
    sentence s;
    return s << "a chain holds layers, " << d << " is the shape of an expression; write " << layer << "(x)";
}
template <class S, class D>
inline constexpr sentence expression_in_chain = expression_with_layer(dims_of<S>, text_of_name(D::name, D::type));

template <class C, class A, class B> constexpr sentence strange_where() {
    sentence s;
    s << "where takes a condition and two values, ";
    if constexpr (Expression<C>)
        return s << (is_strange<A> ? "the first" : "the second")
                 << " value is neither expression nor number; write where(x > 0, x, 0)";
    else
        return s << "the condition is no expression; write where(x > 0, x, 0)";
}

// These stand first among the defaulted arguments, so that a good call ends there: clang looks at constraints last.
template <class T>
    requires(is_strange<std::remove_cvref_t<T>>)
inline constexpr stranger found = stranger_of<std::remove_cvref_t<T>>();
template <class T>
    requires(!Expression<T> && !is_invalid<std::remove_cvref_t<T>>)
inline constexpr stranger found_number_or = stranger_of<std::remove_cvref_t<T>>();
template <class T>
    requires(!is_invalid<std::remove_cvref_t<T>>)
inline constexpr stranger found_any = stranger_of<std::remove_cvref_t<T>>();
template <class C, class A, class B>
    requires((Expression<C> || Expression<A> || Expression<B>)&&!is_invalid<C> && !is_invalid<A> && !is_invalid<B> &&
             (is_strange<C> || is_strange<A> || is_strange<B> || Scalar<C>))
inline constexpr stranger found_in_where = !Expression<C>  ? stranger_of<C>()
                                           : is_strange<A> ? stranger_of<A>()
                                                           : stranger_of<B>();
template <class T>
    requires(Expression<T>)
inline constexpr stranger found_expression = stranger::expression;
template <std::uint64_t I, class C>
    requires(is_chained<I, C>)
inline constexpr bool found_chain = true;
}  // namespace detail

// The other operand by T&&: as good as xtensor's operators, which take everything beside a tensor.
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::add, S, T>>
constexpr invalid operator+(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "+");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::add, S, T>>
constexpr invalid operator+(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "+");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::sub, S, T>>
constexpr invalid operator-(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "-");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::sub, S, T>>
constexpr invalid operator-(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "-");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::mul, S, T>>
constexpr invalid operator*(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "*");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::mul, S, T>>
constexpr invalid operator*(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "*");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::div, S, T>>
constexpr invalid operator/(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "/");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::div, S, T>>
constexpr invalid operator/(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "/");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::pow, S, T>>
constexpr invalid pow(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "pow");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::pow, S, T>>
constexpr invalid pow(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "pow");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::maximum, S, T>>
constexpr invalid maximum(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "maximum");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::maximum, S, T>>
constexpr invalid maximum(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "maximum");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::minimum, S, T>>
constexpr invalid minimum(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "minimum");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::minimum, S, T>>
constexpr invalid minimum(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "minimum");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::less, S, T>>
constexpr invalid operator<(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "<");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::less, S, T>>
constexpr invalid operator<(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "<");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::less_equal, S, T>>
constexpr invalid operator<=(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "<=");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::less_equal, S, T>>
constexpr invalid operator<=(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "<=");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::greater, S, T>>
constexpr invalid operator>(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, ">");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::greater, S, T>>
constexpr invalid operator>(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, ">");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::greater_equal, S, T>>
constexpr invalid operator>=(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, ">=");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::greater_equal, S, T>>
constexpr invalid operator>=(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, ">=");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::equal, S, T>>
constexpr invalid operator==(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "==");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::equal, S, T>>
constexpr invalid operator==(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "==");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_right<op::not_equal, S, T>>
constexpr invalid operator!=(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "!=");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found<T>,
          sentence error = detail::strange_left<op::not_equal, S, T>>
constexpr invalid operator!=(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "!=");

// Functions of two expressions.
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"matmul", S, T, false, "x * 2">>
constexpr invalid matmul(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "matmul");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"matmul", S, T, true, "x * 2">>
constexpr invalid matmul(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "matmul");
template <class S, sentence error = detail::missing<"matmul", 2, 1, "matmul(x, transpose(W))">>
constexpr invalid matmul(shaped<S>) GRADUS_REFUSED_AS(error, "matmul takes two expressions: matmul(x, transpose(W))");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"mse_loss", S, T, false, "mean(square(x - 1))">>
constexpr invalid mse_loss(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "mse_loss");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"mse_loss", S, T, true, "mean(square(x - 1))">>
constexpr invalid mse_loss(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "mse_loss");
template <class S, sentence error = detail::missing<"mse_loss", 2, 1, "mse_loss(z, y)">>
constexpr invalid mse_loss(shaped<S>) GRADUS_REFUSED_AS(error, "mse_loss takes two expressions: mse_loss(z, y)");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"cross_entropy", S, T, false, "input">>
constexpr invalid cross_entropy(expr<S, I, N>, T&&) GRADUS_REFUSED_OPERAND(error, "cross_entropy");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"cross_entropy", S, T, true, "input">>
constexpr invalid cross_entropy(T&&, expr<S, I, N>) GRADUS_REFUSED_OPERAND(error, "cross_entropy");
template <class S, sentence error = detail::missing<"cross_entropy", 2, 1, "cross_entropy(z, y)">>
constexpr invalid cross_entropy(shaped<S>)
    GRADUS_REFUSED_AS(error, "cross_entropy takes two expressions: cross_entropy(z, y)");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"binary_cross_entropy_with_logits", S, T, false, "input">>
constexpr invalid binary_cross_entropy_with_logits(expr<S, I, N>, T&&)
    GRADUS_REFUSED_OPERAND(error, "binary_cross_entropy_with_logits");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = detail::strange<"binary_cross_entropy_with_logits", S, T, true, "input">>
constexpr invalid binary_cross_entropy_with_logits(T&&, expr<S, I, N>)
    GRADUS_REFUSED_OPERAND(error, "binary_cross_entropy_with_logits");
template <class S, sentence error = detail::missing<"binary_cross_entropy_with_logits", 2, 1,
                                                    "binary_cross_entropy_with_logits(z, y)">>
constexpr invalid binary_cross_entropy_with_logits(shaped<S>)
    GRADUS_REFUSED_AS(error,
                      "binary_cross_entropy_with_logits takes two expressions: binary_cross_entropy_with_logits(z, y)");
template <class S, sentence error = detail::missing<"maximum", 2, 1, "max(x)">>
constexpr invalid maximum(shaped<S>) GRADUS_REFUSED_AS(error, "maximum takes two arguments; with one, write max(x)");
template <class S, sentence error = detail::missing<"minimum", 2, 1, "-max(-x)">>
constexpr invalid minimum(shaped<S>) GRADUS_REFUSED_AS(error, "minimum takes two arguments; with one, write -max(-x)");
template <class S, sentence error = detail::missing<"pow", 2, 1, "pow<2>(x)">>
constexpr invalid pow(shaped<S>) GRADUS_REFUSED_AS(error, "pow takes two arguments; with one, write pow<2>(x)");
template <class S, class T, sentence error = detail::missing<"where", 3, 2, "where(x > 0, x, 0)">>
constexpr invalid where(shaped<S>, const T&)
    GRADUS_REFUSED_AS(error, "where takes a condition and two values: where(x > 0, x, 0)");
template <class C, class A, class B, detail::stranger given = detail::found_in_where<C, A, B>,
          sentence error = detail::strange_where<C, A, B>()>
constexpr invalid where(const C&, const A&, const B&)
    GRADUS_REFUSED_AS(error, "where takes an expression as its condition and two expressions or plain numbers");
template <number Exponent, class S, class T,
          sentence error = sentence(
              "pow has one exponent, in angle brackets or as the second argument; write pow<2>(x) or pow(x, y)")>
constexpr invalid pow(shaped<S>, const T&) GRADUS_REFUSED_AS(
    error, "pow has one exponent, in angle brackets or as the second argument: write pow<2>(x) or pow(x, y)");
template <auto Exponent, class S, detail::stranger given = detail::found_expression<decltype(Exponent)>,
          sentence error = sentence("the exponent in angle brackets is a number; of an expression write pow(x, y)")>
constexpr invalid pow(shaped<S>)
    GRADUS_REFUSED_AS(error, "the exponent in angle brackets is a number: of an expression write pow(x, y)");

// Functions of one expression: more than one, or a layer.
template <int... Axes, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"sum", T, 2 + sizeof...(More), "sum<0>(x)">>
constexpr invalid sum(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "sum takes one expression, and dimensions in angle brackets: write sum<0>(x)");
template <int... Axes, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"mean", T, 2 + sizeof...(More), "mean<0>(x)">>
constexpr invalid mean(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "mean takes one expression, and dimensions in angle brackets: write mean<0>(x)");
template <int... Axes, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"max", T, 2 + sizeof...(More), "max<0>(x)">>
constexpr invalid max(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "max takes one expression, and dimensions in angle brackets: write max<0>(x)");
template <int Axis = -1, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"argmax", T, 2 + sizeof...(More), "argmax<1>(x)">>
constexpr invalid argmax(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "argmax takes one expression, and dimensions in angle brackets: write argmax<1>(x)");
template <int Axis = -1, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"softmax", T, 2 + sizeof...(More), "softmax<1>(x)">>
constexpr invalid softmax(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "softmax takes one expression, and dimensions in angle brackets: write softmax<1>(x)");
template <int Axis = -1, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"log_softmax", T, 2 + sizeof...(More), "log_softmax<1>(x)">>
constexpr invalid log_softmax(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error,
                      "log_softmax takes one expression, and dimensions in angle brackets: write log_softmax<1>(x)");
template <auto... D, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"reshape", T, 2 + sizeof...(More), "reshape<2, 2>(x)">>
constexpr invalid reshape(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "reshape takes one expression, and dimensions in angle brackets: write reshape<2, 2>(x)");
template <auto... D, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"broadcast_to", T, 2 + sizeof...(More), "broadcast_to<3, 4>(x)">>
constexpr invalid broadcast_to(shaped<S>, const T&, const More&...) GRADUS_REFUSED_AS(
    error, "broadcast_to takes one expression, and dimensions in angle brackets: write broadcast_to<3, 4>(x)");
template <int... Order, class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"permute", T, 2 + sizeof...(More), "permute<1, 0>(x)">>
constexpr invalid permute(shaped<S>, const T&, const More&...)
    GRADUS_REFUSED_AS(error, "permute takes one expression, and dimensions in angle brackets: write permute<1, 0>(x)");
template <class S, class T, class... More, detail::stranger given = detail::found_any<T>,
          sentence error = detail::extra<"transpose", T, 2 + sizeof...(More), "permute<1, 0>(x)">>
constexpr invalid transpose(shaped<S>, const T&, const More&...) GRADUS_REFUSED_AS(
    error, "transpose takes one expression and swaps its last two dimensions: for others write permute<1, 0>(x)");
template <class D, sentence error = detail::of_layer<"-", D>>
constexpr invalid operator-(layer<D>)
    GRADUS_REFUSED_AS(error, "- takes an expression, not a layer: call the layer, as in -layer(x)");
template <class D, sentence error = detail::of_layer<"exp", D>>
constexpr invalid exp(layer<D>)
    GRADUS_REFUSED_AS(error, "exp takes an expression, not a layer: call the layer, as in exp(layer(x))");
template <class D, sentence error = detail::of_layer<"log", D>>
constexpr invalid log(layer<D>)
    GRADUS_REFUSED_AS(error, "log takes an expression, not a layer: call the layer, as in log(layer(x))");
template <class D, sentence error = detail::of_layer<"sqrt", D>>
constexpr invalid sqrt(layer<D>)
    GRADUS_REFUSED_AS(error, "sqrt takes an expression, not a layer: call the layer, as in sqrt(layer(x))");
template <class D, sentence error = detail::of_layer<"abs", D>>
constexpr invalid abs(layer<D>)
    GRADUS_REFUSED_AS(error, "abs takes an expression, not a layer: call the layer, as in abs(layer(x))");
template <class D, sentence error = detail::of_layer<"sign", D>>
constexpr invalid sign(layer<D>)
    GRADUS_REFUSED_AS(error, "sign takes an expression, not a layer: call the layer, as in sign(layer(x))");
template <class D, sentence error = detail::of_layer<"tanh", D>>
constexpr invalid tanh(layer<D>)
    GRADUS_REFUSED_AS(error, "tanh takes an expression, not a layer: call the layer, as in tanh(layer(x))");
template <class D, sentence error = detail::of_layer<"square", D>>
constexpr invalid square(layer<D>)
    GRADUS_REFUSED_AS(error, "square takes an expression, not a layer: call the layer, as in square(layer(x))");
template <class D, sentence error = detail::of_layer<"transpose", D>>
constexpr invalid transpose(layer<D>)
    GRADUS_REFUSED_AS(error, "transpose takes an expression, not a layer: call the layer, as in transpose(layer(x))");
template <int... Axes, class D, sentence error = detail::of_layer<"sum", D>>
constexpr invalid sum(layer<D>)
    GRADUS_REFUSED_AS(error, "sum takes an expression, not a layer: call the layer, as in sum(layer(x))");
template <int... Axes, class D, sentence error = detail::of_layer<"mean", D>>
constexpr invalid mean(layer<D>)
    GRADUS_REFUSED_AS(error, "mean takes an expression, not a layer: call the layer, as in mean(layer(x))");
template <int... Axes, class D, sentence error = detail::of_layer<"max", D>>
constexpr invalid max(layer<D>)
    GRADUS_REFUSED_AS(error, "max takes an expression, not a layer: call the layer, as in max(layer(x))");
template <int Axis = -1, class D, sentence error = detail::of_layer<"argmax", D>>
constexpr invalid argmax(layer<D>)
    GRADUS_REFUSED_AS(error, "argmax takes an expression, not a layer: call the layer, as in argmax(layer(x))");
template <int Axis = -1, class D, sentence error = detail::of_layer<"softmax", D>>
constexpr invalid softmax(layer<D>)
    GRADUS_REFUSED_AS(error, "softmax takes an expression, not a layer: call the layer, as in softmax(layer(x))");
template <int Axis = -1, class D, sentence error = detail::of_layer<"log_softmax", D>>
constexpr invalid log_softmax(layer<D>)
    GRADUS_REFUSED_AS(error,
                      "log_softmax takes an expression, not a layer: call the layer, as in log_softmax(layer(x))");
template <auto... Sizes, class D, sentence error = detail::of_layer<"reshape", D>>
constexpr invalid reshape(layer<D>)
    GRADUS_REFUSED_AS(error, "reshape takes an expression, not a layer: call the layer, as in reshape(layer(x))");
template <auto... Sizes, class D, sentence error = detail::of_layer<"broadcast_to", D>>
constexpr invalid broadcast_to(layer<D>)
    GRADUS_REFUSED_AS(error,
                      "broadcast_to takes an expression, not a layer: call the layer, as in broadcast_to(layer(x))");
template <int... Order, class D, sentence error = detail::of_layer<"permute", D>>
constexpr invalid permute(layer<D>)
    GRADUS_REFUSED_AS(error, "permute takes an expression, not a layer: call the layer, as in permute(layer(x))");

// Operators that mean nothing for expressions.
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("&& needs truth values, an expression has numbers, and only when the program runs; "
                                    "write a * b for both of two comparisons")>
constexpr invalid operator&&(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error,
                      "&& needs truth values, an expression has numbers, and only when the program runs; write a * b "
                      "for both of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence("&& needs truth values, an expression has numbers, and only when the program runs; "
                                    "write a * b for both of two comparisons")>
constexpr invalid operator&&(T&&, expr<S, I, N>)
    GRADUS_REFUSED_AS(error,
                      "&& needs truth values, an expression has numbers, and only when the program runs; write a * b "
                      "for both of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("|| needs truth values, an expression has numbers, and only when the program runs; "
                                    "write maximum(a, b) for one of two comparisons")>
constexpr invalid operator||(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error,
                      "|| needs truth values, an expression has numbers, and only when the program runs; write "
                      "maximum(a, b) for one of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence("|| needs truth values, an expression has numbers, and only when the program runs; "
                                    "write maximum(a, b) for one of two comparisons")>
constexpr invalid operator||(T&&, expr<S, I, N>)
    GRADUS_REFUSED_AS(error,
                      "|| needs truth values, an expression has numbers, and only when the program runs; write "
                      "maximum(a, b) for one of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("& is no operation of expressions; write a * b for both of two comparisons")>
constexpr invalid operator&(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "& is no operation of expressions; write a * b for both of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence("& is no operation of expressions; write a * b for both of two comparisons")>
constexpr invalid operator&(T&&, expr<S, I, N>)
    GRADUS_REFUSED_AS(error, "& is no operation of expressions; write a * b for both of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("| is no operation of expressions; write maximum(a, b) for one of two comparisons")>
constexpr invalid operator|(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "| is no operation of expressions; write maximum(a, b) for one of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence("| is no operation of expressions; write maximum(a, b) for one of two comparisons")>
constexpr invalid operator|(T&&, expr<S, I, N>)
    GRADUS_REFUSED_AS(error, "| is no operation of expressions; write maximum(a, b) for one of two comparisons");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence(
              "% is no operation of expressions; take the remainder of the numbers before the program gets them")>
constexpr invalid operator%(expr<S, I, N>, T&&) GRADUS_REFUSED_AS(
    error, "% is no operation of expressions; take the remainder of the numbers before the program gets them");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence(
              "% is no operation of expressions; take the remainder of the numbers before the program gets them")>
constexpr invalid operator%(T&&, expr<S, I, N>) GRADUS_REFUSED_AS(
    error, "% is no operation of expressions; take the remainder of the numbers before the program gets them");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("^ is not the power in C++; write pow<2>(x) or pow(x, y)")>
constexpr invalid operator^(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "^ is not the power in C++; write pow<2>(x) or pow(x, y)");
template <class S, std::uint64_t I, int N, class T, detail::stranger given = detail::found_number_or<T>,
          sentence error = sentence("^ is not the power in C++; write pow<2>(x) or pow(x, y)")>
constexpr invalid operator^(T&&, expr<S, I, N>)
    GRADUS_REFUSED_AS(error, "^ is not the power in C++; write pow<2>(x) or pow(x, y)");
template <class S, sentence error = sentence("! needs a truth value, an expression has numbers, and only when the "
                                             "program runs; write 1 - a for the opposite of a comparison")>
constexpr invalid operator!(shaped<S>)
    GRADUS_REFUSED_AS(error,
                      "! needs a truth value, an expression has numbers, and only when the program runs; write 1 - a "
                      "for the opposite of a comparison");
template <class S, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("+= changes a variable, an expression never changes; write auto z = x + y")>
constexpr invalid operator+=(shaped<S>, const T&)
    GRADUS_REFUSED_AS(error, "+= changes a variable, an expression never changes; write auto z = x + y");
template <class S, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("-= changes a variable, an expression never changes; write auto z = x - y")>
constexpr invalid operator-=(shaped<S>, const T&)
    GRADUS_REFUSED_AS(error, "-= changes a variable, an expression never changes; write auto z = x - y");
template <class S, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("*= changes a variable, an expression never changes; write auto z = x * y")>
constexpr invalid operator*=(shaped<S>, const T&)
    GRADUS_REFUSED_AS(error, "*= changes a variable, an expression never changes; write auto z = x * y");
template <class S, class T, detail::stranger given = detail::found_any<T>,
          sentence error = sentence("/= changes a variable, an expression never changes; write auto z = x / y")>
constexpr invalid operator/=(shaped<S>, const T&)
    GRADUS_REFUSED_AS(error, "/= changes a variable, an expression never changes; write auto z = x / y");
/// With draw/draw.hpp there is a better one, which prints the formula.
template <class Stream, class S,
          sentence error =
              sentence("<< prints formulas, which gradus/typed.hpp leaves out; include gradus/symbolic.hpp")>
    requires requires(Stream& stream) { stream.flush(); }
constexpr invalid operator<<(Stream&, shaped<S>)
    GRADUS_REFUSED_AS(error, "<< prints formulas, which gradus/typed.hpp leaves out; include gradus/symbolic.hpp");

// A chain holds layers; an expression goes through it in brackets.
template <class S, class D, sentence error = detail::expression_in_chain<S, D>>
constexpr invalid operator>>(shaped<S>, layer<D>)
    GRADUS_REFUSED_AS(error, "a chain holds layers, and this is an expression: call the chain with it, as in layer(x)");
template <class S, class D, sentence error = detail::expression_in_chain<S, D>>
constexpr invalid operator>>(layer<D>, shaped<S>)
    GRADUS_REFUSED_AS(error, "a chain holds layers, and this is an expression: call the chain with it, as in layer(x)");

// 0 < x < 1: C++ compares the 0 or 1 of the first comparison with the last number.
template <class S, std::uint64_t I, int N, class T, bool chained = detail::found_chain<I, std::remove_cvref_t<T>>,
          sentence error = sentence("a < b < c compares the 0 or 1 of a < b with c; write (a < b) * (b < c)")>
constexpr invalid operator<(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "a < b < c compares the 0 or 1 of a < b with c; write (a < b) * (b < c)");
template <class S, std::uint64_t I, int N, class T, bool chained = detail::found_chain<I, std::remove_cvref_t<T>>,
          sentence error = sentence("a <= b <= c compares the 0 or 1 of a <= b with c; write (a <= b) * (b <= c)")>
constexpr invalid operator<=(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "a <= b <= c compares the 0 or 1 of a <= b with c; write (a <= b) * (b <= c)");
template <class S, std::uint64_t I, int N, class T, bool chained = detail::found_chain<I, std::remove_cvref_t<T>>,
          sentence error = sentence("a > b > c compares the 0 or 1 of a > b with c; write (a > b) * (b > c)")>
constexpr invalid operator>(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "a > b > c compares the 0 or 1 of a > b with c; write (a > b) * (b > c)");
template <class S, std::uint64_t I, int N, class T, bool chained = detail::found_chain<I, std::remove_cvref_t<T>>,
          sentence error = sentence("a >= b >= c compares the 0 or 1 of a >= b with c; write (a >= b) * (b >= c)")>
constexpr invalid operator>=(expr<S, I, N>, T&&)
    GRADUS_REFUSED_AS(error, "a >= b >= c compares the 0 or 1 of a >= b with c; write (a >= b) * (b >= c)");

}  // namespace gradus
