// SPDX-License-Identifier: BSL-1.0
// A layer is a function of a placeholder: its body is an expression, built once for each input shape and inlined into
// the graph where the layer is applied. Layers compose with `>>`; the whole chain is checked where it is declared.
//
// A layer is described by a definition, a struct with
//     name, type               "fc1" (null: holds no parameters) and "linear"
//     features(chain&, fault*) what it wants and gives as last dimension, for the check at `>>`
//     output(dims, fault*)     the shape of the result, or why there is none
//     forward(x)               the body, an expression of the placeholder x
#pragma once
#include <gradus/expr/leaf.hpp>
#include <gradus/layer/untyped.hpp>

namespace gradus {

/// What is known of the last dimension between two layers of a chain that has no input yet.
struct chain {
    bool known = false;
    axis features;
    const char* from = nullptr;  ///< the layer that gives it
};

namespace detail {

/// The input of a layer's body.
template <class S> inline constexpr leaf_expr<op::placeholder, "", S> placeholder{};

/// The name and type of a layer. Two definitions with the same label, body and input are one node: nothing else of a
/// definition may stand in the node's type, or one id would have two nodes (two equal lambdas, for example).
template <bool Named, fixed_string Name, fixed_string Type> struct label {
    static constexpr const char* name = Named ? name_of<Name>() : nullptr;
    static constexpr const char* type = name_of<Type>();
};
constexpr std::string_view text_of(const char* text) { return text ? text : ""; }
template <class D>
using label_of = label<D::name != nullptr, copied<text_of(D::name).size() + 1>(text_of(D::name).data()),
                       copied<text_of(D::type).size() + 1>(D::type)>;

/// A layer applied to `X`; its body is an expression of the placeholder. Lowering inlines it.
template <class Label, class X, class Body> struct application_node {
    static constexpr std::uint64_t id = operation_id(op::apply, mix(hash_text(Label::name), hash_text(Label::type)),
                                                     shape_hash<shape_of<Body>>, {parts_of<X>::id, parts_of<Body>::id});
    using places =
        places_of<place<parts_of<X>::id, parts_of<X>::numbers>, place<parts_of<Body>::id, parts_of<Body>::numbers>>;
    using operands_type = boost::hana::tuple<X, Body>;
    using type = expr<shape_of<Body>, id, places::count>;
    static constexpr record value{op::apply,
                                  plain::value,
                                  dims_of<shape_of<Body>>,
                                  id,
                                  Label::name,
                                  Label::type,
                                  2,
                                  {&record_of<X>, &record_of<Body>},
                                  places::pointers,
                                  places::count,
                                  places::depth};
    static_assert(sizeof(define<id, application_node>) > 0 && value.id == id);
};

template <class Definition, class S> struct layer_rule {
    static constexpr dims apply(fault* f) { return Definition::output(dims_of<S>, f); }
};

/// Applies a layer whose shapes are known to fit.
template <class Definition, class X> constexpr auto apply_layer(X x) {
#if defined(GRADUS_DRAW_ERRORS)
    return apply_drawn<label_of<Definition>, Definition>(x);
#else
    const auto body = Definition::forward(placeholder<shape_of<X>>);
    using body_type = std::remove_cvref_t<decltype(body)>;
    if constexpr (is_invalid<body_type>) {
        return body;
    } else {
        using node = application_node<label_of<Definition>, X, body_type>;
        return with_operands<typename node::type>(x, body);
    }
#endif
}

}  // namespace detail

/// A layer: call it with an expression, or put it into a chain with `>>`.
template <class Definition> struct layer {
    using definition = Definition;

    /// The layer's output for the input x.
    template <class S, std::uint64_t I, int N>
        requires(accepted<detail::layer_rule<Definition, S>>)
    constexpr auto operator()(expr<S, I, N> x) const { return detail::apply_layer<Definition>(x); }
    template <class S, clashing sizes = misfit<detail::layer_rule<Definition, S>>,
              sentence shape_error = why<detail::layer_rule<Definition, S>>>
    constexpr invalid operator()(shaped<S>) const GRADUS_REFUSED(shape_error);
    constexpr invalid operator()(invalid) const { return {}; }
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I> x) const {
        return detail::apply_layer<Definition>(x);
    }
#endif
};

namespace detail {
template <class D> void take_layer(const layer<D>&);
}  // namespace detail

/// A layer, or an object that is one, as `relu`.
template <class L> concept Layer = requires(const L& l) { detail::take_layer(l); };

namespace detail {

constexpr sentence& write_name(sentence& s, const char* name, const char* type) {
    return s << std::string_view(name ? name : type);
}

// In a namespace of their own, so that these + are no candidates for x + y, where clang would list them.
namespace walking {
// The shape walks through a chain by types, one addition for each layer; a layer that does not fit ends the walk.
template <class S, int Position> struct walk { using shape_type = S; };
template <class Rule, class D, int Position> struct stuck {};
template <class S, int P, class D> constexpr auto operator+(walk<S, P>, layer<D>) {
    if constexpr (fits(shape_rule<layer_rule<D, S>>::value))
        return walk<result_shape<layer_rule<D, S>>, P + 1>{};
    else
        return stuck<layer_rule<D, S>, D, P>{};
}
template <class R, class E, int P, class D> constexpr auto operator+(stuck<R, E, P>, layer<D>) {
    return stuck<R, E, P>{};
}

template <class S, int P> constexpr dims arrived(walk<S, P>, fault*) { return dims_of<S>; }
template <class R, class D, int P> constexpr dims arrived(stuck<R, D, P>, fault* f) {
    if (f) {
        fault inner;
        R::apply(&inner);
        f->first = inner.first;
        f->second = inner.second;
        f->why << inner.why.view() << " (layer " << P << " of the chain)";
    }
    return no_shape;
}

// And the values, one application for each layer.
template <class X> struct flowing { X x; };
template <class X, class D> constexpr auto operator+(flowing<X> f, layer<D>) {
    const auto y = apply_layer<D>(f.x);
    return flowing<std::remove_cvref_t<decltype(y)>>{y};
}
}  // namespace walking

template <class S, class... D> struct chain_rule {
    static constexpr dims apply(fault* f) { return arrived((walking::walk<S, 1>{} + ... + layer<D>{}), f); }
};

}  // namespace detail

/// Layers one after another. Made by `a >> b` or `sequential(a, b)`.
template <class... D> struct sequence {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = "sequential";

    static constexpr bool features(chain& c, fault* f) { return (D::features(c, f) && ...); }
    static constexpr dims output(const dims&, fault*) = delete;  // a chain is walked by types: layer<sequence> below
    template <class X> static constexpr auto forward(X x) {
        return (detail::walking::flowing<X>{x} + ... + layer<D>{}).x;
    }
};

namespace detail {
template <class S, class... D> struct layer_rule<sequence<D...>, S> : chain_rule<S, D...> {};
template <class... D> struct declared_rule {
    static constexpr dims apply(fault* f) {
        chain c;
        return sequence<D...>::features(c, f) ? dims{} : no_shape;
    }
};
}  // namespace detail

template <class... D> struct layer<sequence<D...>> {
    using definition = sequence<D...>;

    template <class S, std::uint64_t I, int N>
        requires(accepted<detail::chain_rule<S, D...>>)
    constexpr auto operator()(expr<S, I, N> x) const {
#if defined(GRADUS_DRAW_ERRORS)
        detail::note_call<detail::chain_rule<S, D...>>();
#endif
        return sequence<D...>::forward(x);
    }
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I> x) const { return sequence<D...>::forward(x); }
#endif
    template <class S, clashing sizes = misfit<detail::chain_rule<S, D...>>,
              sentence shape_error = why<detail::chain_rule<S, D...>>>
    constexpr invalid operator()(shaped<S>) const GRADUS_REFUSED(shape_error);
    constexpr invalid operator()(invalid) const { return {}; }
};

namespace detail {
/// The chain of two layers, with nested chains opened.
template <class A, class B> struct joined {
    using type = sequence<A, B>;
    using rule = declared_rule<A, B>;
};
template <class... A, class B> struct joined<sequence<A...>, B> {
    using type = sequence<A..., B>;
    using rule = declared_rule<A..., B>;
};
template <class A, class... B> struct joined<A, sequence<B...>> {
    using type = sequence<A, B...>;
    using rule = declared_rule<A, B...>;
};
template <class... A, class... B> struct joined<sequence<A...>, sequence<B...>> {
    using type = sequence<A..., B...>;
    using rule = declared_rule<A..., B...>;
};
template <class A, class B> using joined_rule = typename joined<A, B>::rule;
}  // namespace detail

/// `a >> b`: first a, then b. Checked at once where the sizes are known, whatever the input will be.
///
/// Error   "64 features expected, 32 given: fc2 follows fc1; ..."
template <class A, class B>
    requires(accepted<detail::joined_rule<A, B>>)
constexpr auto operator>>(layer<A>, layer<B>) {
#if defined(GRADUS_DRAW_ERRORS)
    detail::note_declared<detail::joined_rule<A, B>, typename detail::joined<A, B>::type>();
#endif
    return layer<typename detail::joined<A, B>::type>{};
}
template <class A, class B, clashing sizes = misfit<detail::joined_rule<A, B>>,
          sentence shape_error = why<detail::joined_rule<A, B>>>
constexpr invalid operator>>(layer<A>, layer<B>) GRADUS_REFUSED(shape_error);

namespace detail {
namespace walking {
/// The definitions of layers, with chains opened.
template <class... D> struct listed {
    using rule = declared_rule<D...>;
    using type = layer<sequence<D...>>;
};
template <class... A, class D> constexpr listed<A..., D> operator+(listed<A...>, layer<D>) { return {}; }
template <class... A, class... D> constexpr listed<A..., D...> operator+(listed<A...>, layer<sequence<D...>>) {
    return {};
}
}  // namespace walking
template <class... D> using list_of = decltype((walking::listed<>{} + ... + layer<D>{}));
template <class... D> using sequential_rule = typename list_of<D...>::rule;
}  // namespace detail

/// The same as `a >> b >> c`.
template <class... D>
    requires(accepted<detail::sequential_rule<D...>>)
constexpr auto sequential(layer<D>...) {
#if defined(GRADUS_DRAW_ERRORS)
    detail::note_declared<detail::sequential_rule<D...>, typename detail::list_of<D...>::type::definition>();
#endif
    return typename detail::list_of<D...>::type{};
}
template <class... D, clashing sizes = misfit<detail::sequential_rule<D...>>,
          sentence shape_error = why<detail::sequential_rule<D...>>>
constexpr invalid sequential(layer<D>...) GRADUS_REFUSED(shape_error);
template <class... L>
    requires(is_invalid<L> || ...)
constexpr invalid sequential(const L&...) { return {}; }

namespace detail {
template <fixed_string Name, class D> struct named_definition {
    static constexpr bool keeps_inner = D::name != nullptr;  // "encoder" around "fc1": the path has both
    static constexpr const char* name = name_of<Name>();
    static constexpr const char* type = keeps_inner ? "sequential" : D::type;
    static constexpr bool features(chain& c, fault* f) { return D::features(c, f); }
    template <class X> static constexpr auto forward(X x) {
        if constexpr (keeps_inner)
            return (walking::flowing<X>{x} + layer<D>{}).x;
        else
            return D::forward(x);
    }
};
template <fixed_string Name, class D, class S> struct layer_rule<named_definition<Name, D>, S> : layer_rule<D, S> {};

template <class D> struct residual_definition {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = "residual";
    static constexpr bool features(chain& c, fault* f) {
        const chain before = c;
        if (!D::features(c, f)) return false;
        if (before.known && c.known && !agree(before.features, c.features)) {
            if (f) {
                f->first = c.features.size;
                f->second = before.features.size;
                f->why << c.features << " and " << before.features
                       << " features differ: residual adds the input to the output of its layer";
            }
            return false;
        }
        if (before.known) c.features = before.features;
        return true;
    }
    template <class X> static constexpr auto forward(X x) { return (walking::flowing<X>{x} + layer<D>{}).x + x; }
};
template <class D, class S> struct layer_rule<residual_definition<D>, S> {
    static constexpr dims apply(fault* f) {
        const dims inner = layer_rule<D, S>::apply(f);
        return fits(inner) ? rules::same_shape("residual", inner, dims_of<S>, f) : no_shape;
    }
};

template <fixed_string Name, class F> struct function_definition {
    static constexpr const char* name = Name.view().empty() ? nullptr : name_of<Name>();
    static constexpr const char* type = "function";
    static constexpr bool features(chain& c, fault*) {
        c.known = false;
        return true;
    }
    template <class X> static constexpr auto forward(X x) {
        if constexpr (requires { F{}(x); })
            return F{}(x);
        else
            return invalid{};  // where clang has reported a mistake inside
    }
};
template <fixed_string Name, class F, class S> struct layer_rule<function_definition<Name, F>, S> {
    // A mistake inside the function is reported there, and nothing more here.
    static constexpr dims apply(fault*) {
        dims result;
        if constexpr (requires { typename parts_of<decltype(F{}(placeholder<S>))>::shape_type; })
            result = dims_of<shape_of<decltype(F{}(placeholder<S>))>>;
        return result;
    }
};
}  // namespace detail

/// A layer inside a name: the parameters of `named<"encoder">(linear<"fc1", 4, 4>)` are "encoder.fc1.weight" and so on.
template <fixed_string Name, class D> constexpr auto named(layer<D>) {
    return layer<detail::named_definition<Name, D>>{};
}
template <fixed_string Name> constexpr invalid named(invalid) { return {}; }

/// x + f(x): the layer may not change the shape.
///
/// Error   "32 and 64 differ in dimension 1: residual compares (batch, 32) with (batch, 64) and stretches nothing"
template <class D> constexpr auto residual(layer<D>) { return layer<detail::residual_definition<D>>{}; }
constexpr invalid residual(invalid) { return {}; }

/// A layer from a function of an expression, with a name for the parameters inside:
///
///     constexpr auto block = as_layer<"block">([](auto x) { return relu(fc(x)) + x; });
template <fixed_string Name = "", class F> constexpr auto as_layer(F) {
    static_assert(std::is_empty_v<F>,
                  "the function of a layer captures nothing: what it needs must be known while compiling");
    return layer<detail::function_definition<Name, F>>{};
}

}  // namespace gradus
