// SPDX-License-Identifier: BSL-1.0
// What is put into a chain and is no layer, names without letters, and functions that cannot be layers: each is a
// refused overload with a sentence. What a layer is called with is in layer.hpp, layers among operands in
// expr/misuse.hpp.
#pragma once
#include <gradus/layer/layer.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 9 "gradus/layer/misuse.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {

/// Neither a layer nor the result of a mistake; an expression in a chain is told in expr/misuse.hpp.
template <class T> inline constexpr bool no_layer = !Layer<T> && !is_invalid<T>;
template <class T> concept NoLayer = no_layer<std::remove_cvref_t<T>>;
template <class T> concept NeitherLayerNorExpression = NoLayer<T> && !is_expression<std::remove_cvref_t<T>>;
/// What a student may well give in place of a layer; everything else may be somebody else's.
template <class T>
concept Mistakable = NoLayer<T> &&
    (is_expression<std::remove_cvref_t<T>> || std::is_arithmetic_v<std::remove_cvref_t<T>> ||
     std::is_empty_v<std::remove_cvref_t<T>>);

/// "a number is no layer: >> ...; write ..."
template <class T> constexpr sentence write_no_layer(std::string_view function) {
    sentence s;
    write_kind<T>(s) << " is no layer: " << function << " takes layers; write ";
    using type = std::remove_cvref_t<T>;
    if constexpr (is_expression<type>)
        return s << "the layer alone, and call it with the expression: net(x)";
    else if constexpr (std::is_empty_v<type>)
        return s << "as_layer([](auto x) { return ...; }) around the function";
    else
        return s << "linear<\"fc1\", 64, 10> or another layer";
}
template <fixed_string Function, class T> inline constexpr sentence no_layer_in = write_no_layer<T>(Function.view());
template <fixed_string Function, class... T> constexpr sentence first_that_is_no_layer() {
    sentence s;
    ((no_layer<T> && s.text[0] == '\0' ? void(s = no_layer_in<Function, T>) : void()), ...);
    return s;
}
template <fixed_string Function, class... T>
inline constexpr sentence no_layers_in = first_that_is_no_layer<Function, T...>();

template <class D> constexpr sentence write_nameless() {
    sentence s;
    return s << "a name has at least one letter: write named<\"encoder\">(" << called<D>() << ")";
}
template <class D> inline constexpr sentence nameless = write_nameless<D>();

template <class F> constexpr sentence write_no_function() {
    sentence s;
    if constexpr (Layer<F>)
        return write_layer<decltype(definition_in(std::declval<F>()))>(s)
               << " is a layer already: write it without as_layer";
    else if constexpr (std::is_class_v<F> && !std::is_empty_v<F> && !is_expression<F>)
        return s << "the function of a layer captures nothing: what it needs must be known while compiling; write "
                    "as_layer([](auto x) { return ...; })";
    else
        return write_kind<F>(s) << " is no function: write as_layer([](auto x) { return ...; })";
}
template <class F> inline constexpr sentence no_function = write_no_function<F>();
inline constexpr sentence overloaded_in_sequential =
    "no layers are given, or a function with several forms, as tanh: write a >> tanh >> b, or tanh_layer{} in "
    "sequential";
inline constexpr sentence overloaded_in_as_layer =
    "a function with several forms is given: write as_layer([](auto x) { return f(x); })";

}  // namespace detail

// Chains.
template <class D, detail::NeitherLayerNorExpression T, sentence error = detail::no_layer_in<">>", T>>
constexpr invalid operator>>(layer<D>, const T&)
    GRADUS_REFUSED_AS(error, "this is no layer: a chain takes layers, functions only inside as_layer(...)");
template <class D, detail::NeitherLayerNorExpression T, sentence error = detail::no_layer_in<">>", T>>
constexpr invalid operator>>(const T&, layer<D>)
    GRADUS_REFUSED_AS(error, "this is no layer: a chain takes layers, functions only inside as_layer(...)");
template <class... T, sentence error = detail::no_layers_in<"sequential", T...>>
    requires((detail::no_layer<T> || ...) && !(is_invalid<T> || ...))
constexpr invalid sequential(const T&...)
    GRADUS_REFUSED_AS(error, "this is no layer: sequential takes layers, functions only inside as_layer(...)");
template <sentence error = detail::overloaded_in_sequential>
invalid sequential(...)
    GRADUS_REFUSED_AS(error, "no layers, or several forms of tanh or softmax: write a >> tanh >> b, or tanh_layer{}");
// Layers around a layer.
template <detail::Mistakable T, sentence error = detail::no_layer_in<"residual", T>>
constexpr invalid residual(const T&)
    GRADUS_REFUSED_AS(error, "this is no layer: residual takes a layer, functions only inside as_layer(...)");
template <class A, class B, sentence error = sentence("2 layers given, 1 wanted: write residual(a >> b)")>
constexpr invalid residual(layer<A>, layer<B>)
    GRADUS_REFUSED_AS(error, "2 layers given, 1 wanted: write residual(a >> b)");
template <fixed_string Name, detail::Mistakable T, sentence error = detail::no_layer_in<"named", T>>
constexpr invalid named(const T&)
    GRADUS_REFUSED_AS(error, "this is no layer: named takes a layer, functions only inside as_layer(...)");
template <fixed_string Name, class D, sentence error = detail::nameless<D>>
    requires(Name.view().empty())
constexpr invalid named(layer<D>)
    GRADUS_REFUSED_AS(error, "a name has at least one letter: write named<\"encoder\">(net)");
template <class D, sentence error = detail::nameless<D>>
constexpr invalid named(layer<D>) GRADUS_REFUSED_AS(error, "a name is missing: write named<\"encoder\">(net)");

// Functions as layers.
template <fixed_string Name = "", class F, sentence error = detail::no_function<F>>
    requires(!detail::is_layer_function<F> && !is_invalid<F>)
constexpr invalid as_layer(const F&)
    GRADUS_REFUSED_AS(error, "as_layer takes a function that captures nothing: as_layer([](auto x) { return ...; })");
template <fixed_string Name = "", sentence error = detail::overloaded_in_as_layer>
invalid as_layer(...)
    GRADUS_REFUSED_AS(error, "a function with several forms is given: write as_layer([](auto x) { return f(x); })");

}  // namespace gradus
