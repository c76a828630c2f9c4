// SPDX-License-Identifier: BSL-1.0
// Layers without parameters: relu, sigmoid, tanh, softmax, log_softmax, flatten. Each is a function of an expression,
// `relu(x)`, and a layer of a chain, `linear<...> >> relu`.
#pragma once
#include <gradus/expr/contract.hpp>
#include <gradus/expr/reduce.hpp>
#include <gradus/layer/layer.hpp>
#include <gradus/layer/misuse.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 11 "gradus/layer/activation.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

namespace detail {
/// A layer that keeps the shape: an elementwise operation, softmax or log_softmax.
template <op O> struct activation_definition {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = info(O).name.data();
    static constexpr const char* called = type;
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = mix(6, static_cast<std::uint64_t>(O));
    using functions = detail::functions<>;
    using entries = no_entries;
    static constexpr bool features(flow&, fault*) { return true; }
    static constexpr dims output(const dims& x, fault* f) {
        if (O != op::softmax && O != op::log_softmax) return x;
        constexpr int last = -1;
        return fits(rules::reduce(info(O).name, x, &last, 1, false, f)) ? x : no_shape;
    }
    template <class S, std::uint64_t I, int N> static constexpr auto forward(expr<S, I, N> x) {
        if constexpr (O == op::softmax || O == op::log_softmax)
            return applied<O, over_axes<S, false, -1>, S>(x);
        else
            return unary<O>(x);
    }
};
struct flatten_definition {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = "flatten";
    static constexpr const char* called = type;
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = 7;
    using functions = detail::functions<>;
    using entries = no_entries;
    static constexpr bool features(flow& c, fault*) {
        c.known = false;
        c.changed = true;
        return true;
    }
    static constexpr dims output(const dims& x, fault* f) { return rules::flatten(x, 1, f); }
    template <class S, std::uint64_t I, int N> static constexpr auto forward(expr<S, I, N> x) {
        return applied<op::reshape, plain, result_shape<flatten_rule<S, 1>>>(x);
    }
};
}  // namespace detail

/// max(a, 0), the rectified linear unit; its derivative at 0 is 0.
/// Source  Nair, Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010
inline constexpr struct relu_layer : layer<detail::activation_definition<op::relu>> {
    template <class S, std::uint64_t I, int N> constexpr auto operator()(expr<S, I, N> a) const {
        return detail::unary<op::relu>(a);
    }
    constexpr invalid operator()(invalid) const { return {}; }
    using detail::one_expression<definition>::operator();
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I>) const {
        return detail::untyped_of<op::relu, void, detail::blameless, detail::unlabelled, untyped<I>>();
    }
#endif
} relu{};

/// 1 / (1 + exp(-a)), computed without overflow.
inline constexpr struct sigmoid_layer : layer<detail::activation_definition<op::sigmoid>> {
    template <class S, std::uint64_t I, int N> constexpr auto operator()(expr<S, I, N> a) const {
        return detail::unary<op::sigmoid>(a);
    }
    constexpr invalid operator()(invalid) const { return {}; }
    using detail::one_expression<definition>::operator();
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I>) const {
        return detail::untyped_of<op::sigmoid, void, detail::blameless, detail::unlabelled, untyped<I>>();
    }
#endif
} sigmoid{};

/// All dimensions but the first as one: (batch, 8, 8) gives (batch, 64).
///
/// Error   "2 dimensions wanted, 1 given: flatten keeps the first of (10,) and has nothing to flatten"
inline constexpr struct flatten_layer : layer<detail::flatten_definition> {
    template <class S, std::uint64_t I, int N>
        requires(accepted<detail::flatten_rule<S, 1>>)
    constexpr auto operator()(expr<S, I, N> a) const { return detail::flatten_definition::forward(a); }
    template <class S, clashing sizes = misfit<detail::flatten_rule<S, 1>>,
              sentence shape_error = why<detail::flatten_rule<S, 1>>>
    constexpr invalid operator()(shaped<S>) const GRADUS_REFUSED(shape_error);
    constexpr invalid operator()(invalid) const { return {}; }
    using detail::one_expression<definition>::operator();
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I>) const {
        return detail::untyped_of<op::apply, void, detail::blameless, detail::typed_label<"flatten">, untyped<I>>();
    }
#endif
} flatten{};

// tanh is a name of the C library and softmax takes a dimension, so both are functions, not objects. In a chain they
// are found all the same: `fc1 >> tanh` picks the one overload of tanh that has the type of these pointers. Two of them
// alone, `tanh >> softmax`, are no layers to C++, and `sequential` cannot find them: layer/misuse.hpp says so.
using tanh_layer = layer<detail::activation_definition<op::tanh>>;
using softmax_layer = layer<detail::activation_definition<op::softmax>>;
using log_softmax_layer = layer<detail::activation_definition<op::log_softmax>>;
constexpr tanh_layer tanh(tanh_layer l) { return l; }
constexpr softmax_layer softmax(softmax_layer l) { return l; }
constexpr log_softmax_layer log_softmax(log_softmax_layer l) { return l; }
namespace detail {
/// One of these functions. A class, because a lambda would be tried as a pointer and its body compiled for a layer.
template <class L> struct function_of {
    constexpr function_of(L (*)(L)) {}
};
}  // namespace detail
template <class A> constexpr auto operator>>(layer<A> a, detail::function_of<tanh_layer>) { return a >> tanh_layer{}; }
template <class A> constexpr auto operator>>(detail::function_of<tanh_layer>, layer<A> a) { return tanh_layer{} >> a; }
constexpr auto residual(detail::function_of<tanh_layer>) { return residual(tanh_layer{}); }
template <fixed_string Name> constexpr auto named(detail::function_of<tanh_layer>) { return named<Name>(tanh_layer{}); }
template <class A> constexpr auto operator>>(layer<A> a, detail::function_of<softmax_layer>) {
    return a >> softmax_layer{};
}
template <class A> constexpr auto operator>>(detail::function_of<softmax_layer>, layer<A> a) {
    return softmax_layer{} >> a;
}
constexpr auto residual(detail::function_of<softmax_layer>) { return residual(softmax_layer{}); }
template <fixed_string Name> constexpr auto named(detail::function_of<softmax_layer>) {
    return named<Name>(softmax_layer{});
}
template <class A> constexpr auto operator>>(layer<A> a, detail::function_of<log_softmax_layer>) {
    return a >> log_softmax_layer{};
}
template <class A> constexpr auto operator>>(detail::function_of<log_softmax_layer>, layer<A> a) {
    return log_softmax_layer{} >> a;
}
constexpr auto residual(detail::function_of<log_softmax_layer>) { return residual(log_softmax_layer{}); }
template <fixed_string Name> constexpr auto named(detail::function_of<log_softmax_layer>) {
    return named<Name>(log_softmax_layer{});
}

}  // namespace gradus
