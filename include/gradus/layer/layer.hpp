// SPDX-License-Identifier: BSL-1.0
// A layer is a function of a placeholder: its body is an expression, built once for each input shape and inlined into
// the graph where the layer is applied. Layers compose with `>>`; the whole chain is checked where it is declared.
//
// A layer is described by a definition, a struct with
//     name, type               "fc1" (null: holds no parameters) and "linear"
//     id, functions            a hash of what it is, and the types of the functions inside, which have no hash
//     features(flow&, fault*)  what it wants and gives as last dimension, for the check at `>>`
//     entries                  its named layers with parameters, for the check that names are not used twice
//     output(dims, fault*)     the shape of the result, or why there is none
//     forward(x)               the body, an expression of the placeholder x
#pragma once
#include <gradus/expr/leaf.hpp>
#include <gradus/layer/network.hpp>
#include <gradus/layer/untyped.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 18 "gradus/layer/layer.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// What is known of the last dimension between two layers of a chain that has no input yet.
struct flow {
    bool known = false;
    axis features;
    const char* from = nullptr;                              ///< the layer that gives it
    void (*change)(sentence&, const axis& given) = nullptr;  ///< writes that layer so that it gives other features
    bool changed = false;                                    ///< whether it is no more the input's last dimension
    bool wanted = false;                                     ///< whether a layer wants so many from the input
    axis input;
};

/// A layer with parameters: where it stands among names, what it is called and what makes it another one.
struct layer_name {
    std::uint64_t path;
    const char* name;
    axis in, out;
    bool bias;
    friend constexpr bool operator==(const layer_name&, const layer_name&) = default;
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
template <int Layers, std::uint64_t Id, class... F, class S>
struct layer_rule<network<Layers, Id, F...>, S> : layer_rule<contents<network<Layers, Id, F...>>, S> {};

/// Applies a layer whose shapes are known to fit.
template <class Definition, class X> constexpr auto apply_layer(X x) {
    using inside = contents<Definition>;
#if defined(GRADUS_DRAW_ERRORS)
    return apply_drawn<label_of<inside>, inside>(x);
#else
    const auto body = inside::forward(placeholder<shape_of<X>>);
    using body_type = std::remove_cvref_t<decltype(body)>;
    if constexpr (is_invalid<body_type>) {
        return body;
    } else {
        using node = application_node<label_of<inside>, X, body_type>;
        return with_operands<typename node::type>(x, body);
    }
#endif
}
/// The same of a layer that is called: a chain is no layer of its own then.
template <class D> inline constexpr bool is_chain = false;
template <class Definition, class X> constexpr auto call_layer(X x) {
    if constexpr (is_chain<contents<Definition>>) {
#if defined(GRADUS_DRAW_ERRORS)
        if constexpr (!is_untyped<X>) note_call<layer_rule<Definition, shape_of<X>>>();
#endif
        return contents<Definition>::forward(x);
    } else {
        return apply_layer<Definition>(x);
    }
}

}  // namespace detail

template <class Definition> struct layer;

namespace detail {
template <class D> void take_layer(const layer<D>&);
template <class D> D definition_in(const layer<D>&);
}  // namespace detail

/// A layer, or an object that is one, as `relu`.
template <class L> concept Layer = requires(const L& l) { detail::take_layer(l); };

namespace detail {

/// "fc1", "relu" or "a chain of 3 layers".
template <class D> constexpr sentence& write_layer(sentence& s) {
    using inside = contents<D>;
    if constexpr (inside::name != nullptr)
        return s << std::string_view(inside::name);
    else if constexpr (is_chain<inside>)
        return s << "a chain of " << inside::layers << " layers";
    else
        return s << "a " << std::string_view(inside::type) << " layer";
}
/// What a student would write for it: "fc1", "relu", or "net" where it is not known.
template <class D> constexpr std::string_view called() {
    using inside = contents<D>;
    return inside::name != nullptr ? inside::name : inside::called;
}
/// "a number", "an expression of shape (batch, 64)": what is no layer, or no expression.
template <class T> constexpr sentence& write_kind(sentence& s) {
    using type = std::remove_cvref_t<T>;
    if constexpr (is_expression<type>)
        return s << "an expression of shape " << dims_of<shape_of<type>>;
    else if constexpr (Layer<type>)
        return write_layer<decltype(definition_in(std::declval<type>()))>(s);
    else if constexpr (std::is_arithmetic_v<type>)
        return s << "a number";
    else if constexpr (std::is_convertible_v<type, std::string_view>)
        return s << "a text";
    else if constexpr (std::is_empty_v<type> || std::is_function_v<type> || std::is_pointer_v<type>)
        return s << "a function";
    else if constexpr (requires(const type& t) { t.shape(); })
        return s << "a tensor";
    else
        return s << "an object";
}

// The sentences of what is given to a layer in place of one expression.
template <class D, class T> constexpr sentence no_expression() {
    sentence s;
    if constexpr (Layer<T>) {
        using inner = decltype(definition_in(std::declval<T>()));
        write_layer<inner>(s) << " is a layer, no expression: to put " << called<D>() << " behind it write "
                              << called<inner>() << " >> " << called<D>() << ", or " << called<D>() << "("
                              << called<inner>() << "(x))";
    } else {
        write_kind<T>(s) << " is no expression: " << called<D>() << " wants an input; write " << called<D>()
                         << "(x) with an x = input<\"x\", ...>";
        if (s.has("a tensor"))
            s << ", and give the tensor to the program: compile(" << called<D>() << "(x))(x = tensor)";
    }
    return s;
}
template <class D> constexpr sentence wrong_count(int given) {
    sentence s;
    return s << given << " arguments given, 1 wanted: " << called<D>() << " takes one expression; write " << called<D>()
             << "(x)";
}
template <class D, class T> inline constexpr sentence no_expression_of = no_expression<D, T>();
template <class D, int Given> inline constexpr sentence wrong_count_of = wrong_count<D>(Given);

/// Whatever a layer is called with that is not one expression.
template <class D> struct one_expression {
    template <class T, sentence mistake = no_expression_of<D, T>>
        requires(!is_expression<T> && !is_invalid<T>)
    constexpr invalid operator()(const T&) const
        GRADUS_REFUSED_AS(mistake, "this is no expression: a layer is called with one, as net(x)");
    template <class Me = D, sentence mistake = wrong_count_of<Me, 0>>
    constexpr invalid operator()() const
        GRADUS_REFUSED_AS(mistake, "0 arguments given, 1 wanted: a layer takes one expression, as net(x)");
    template <class A, class B, class... C, sentence mistake = wrong_count_of<D, 2 + sizeof...(C)>>
    constexpr invalid operator()(const A&, const B&, const C&...) const
        GRADUS_REFUSED_AS(mistake, "too many arguments given, 1 wanted: a layer takes one expression, as net(x)");
};

}  // namespace detail

/// A layer: call it with an expression, or put it into a chain with `>>`.
template <class Definition> struct layer : detail::one_expression<Definition> {
    using definition = Definition;

    /// The layer's output for the input x.
    template <class S, std::uint64_t I, int N>
        requires(accepted<detail::layer_rule<Definition, S>>)
    constexpr auto operator()(expr<S, I, N> x) const { return detail::call_layer<Definition>(x); }
    template <class S, clashing sizes = misfit<detail::layer_rule<Definition, S>>,
              sentence shape_error = why<detail::layer_rule<Definition, S>>>
    constexpr invalid operator()(shaped<S>) const GRADUS_REFUSED(shape_error);
    constexpr invalid operator()(invalid) const { return {}; }
    using detail::one_expression<Definition>::operator();
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I> x) const {
        return detail::call_layer<Definition>(x);
    }
#endif
};

namespace detail {

// In a namespace of their own, so that these + are no candidates for x + y, where clang would list them.
namespace walking {
// The shape walks through a chain by types, one addition for each layer; a layer that does not fit ends the walk.
template <class S, int Position> struct walk { using shape_type = S; };
template <class Rule, int Position> struct stuck {};
template <class S, int P, class D> constexpr auto operator+(walk<S, P>, layer<D>) {
    if constexpr (fits(shape_rule<layer_rule<D, S>>::value))
        return walk<result_shape<layer_rule<D, S>>, P + 1>{};
    else
        return stuck<layer_rule<D, S>, P>{};
}
template <class R, int P, class D> constexpr auto operator+(stuck<R, P>, layer<D>) { return stuck<R, P>{}; }

template <class S, int P> constexpr dims arrived(walk<S, P>, int, fault*) { return dims_of<S>; }
template <class R, int P> constexpr dims arrived(stuck<R, P>, int layers, fault* f) {
    if (f) {
        R::apply(f);
        f->why << " (layer " << P << " of " << layers << ")";
    }
    return no_shape;
}

// And the values, one application for each layer.
template <class X> struct flowing { X x; };
template <class X, class D> constexpr auto operator+(flowing<X> f, layer<D>) {
    if constexpr (std::is_same_v<X, invalid>) {
        return f;  // a mistake inside a function, which has been told
    } else {
        const auto y = apply_layer<D>(f.x);
        return flowing<std::remove_cvref_t<decltype(y)>>{y};
    }
}
}  // namespace walking

/// The named layers inside a layer.
template <class D> struct entries_in { using type = typename D::entries; };
template <class D> using entries_of = typename entries_in<contents<D>>::type;

/// The entries of several layers, one after another.
template <class... D> struct entry_list {
    static constexpr std::size_t size = (std::size_t{0} + ... + entries_of<D>::size);
    static constexpr std::array<const layer_name*, size> value = [] {
        std::array<const layer_name*, size> all{};
        [[maybe_unused]] const layer_name** to = all.data();
        const auto take = [&to](const layer_name* const* from, std::size_t n) {
            for (std::size_t i = 0; i < n; ++i) *to++ = from[i];
        };
        (take(entries_of<D>::value.data(), entries_of<D>::size), ...);
        return all;
    }();
};
struct no_entries {
    static constexpr std::size_t size = 0;
    static constexpr std::array<const layer_name*, 0> value{};
};

/// Walks through layers with what is known of the features; writes the place where they do not fit.
template <class... D> constexpr bool walk_features(flow& c, int before, int layers, fault* f) {
    int place = before;
    if (((++place, contents<D>::features(c, f)) && ...)) return true;
    if (f) {
        f->why << " (layer " << place;
        if (layers > 0) f->why << " of " << layers;
        f->why << ")";
    }
    return false;
}

/// Named layers that stand in a chain before a link, and which of 64 groups their paths are in.
struct names_before {
    const layer_name* const* own = nullptr;
    std::size_t count = 0;
    const names_before* before = nullptr;
    std::uint64_t groups = 0;
};
constexpr std::uint64_t group_of(const layer_name& n) { return std::uint64_t{1} << (n.path >> 58); }
/// A layer of one name and other sizes: they would be one layer.
constexpr bool name_again(const layer_name& a, const layer_name& b, fault* f) {
    if (a.path != b.path || a == b) return false;
    if (f) {
        const bool in = !agree(a.in, b.in);
        f->first = in ? a.in.size : a.out.size;
        f->second = in ? b.in.size : b.out.size;
        f->why << f->first << " and " << f->second << " features in two layers that are called "
               << std::string_view(b.name) << ": they would share their parameters; call the second one \""
               << std::string_view(b.name) << "_2\"";
    }
    return true;
}
constexpr bool name_again(const names_before& all, const layer_name& b, fault* f) {
    if ((all.groups & group_of(b)) == 0) return false;
    for (const names_before* n = &all; n != nullptr; n = n->before)
        for (std::size_t i = 0; i < n->count; ++i)
            if (name_again(*n->own[i], b, f)) return true;
    return false;
}

}  // namespace detail

/// Layers one after another, as a list.
template <class... D> struct sequence {};

namespace detail {

// A chain is held as a chain that is one shorter and its last layer: so a `>>` costs the same however long the chain
// is, and brackets make no difference. `list` is the whole chain, which only its use needs; every 32nd link makes it,
// so that no recursion of templates is deeper.
struct no_layers {
    static constexpr int layers = 0;
    static constexpr std::uint64_t id = 8;
    using functions = detail::functions<>;
    static constexpr flow behind{};
    static constexpr names_before names{};
};
template <class Before, class Last> struct link;
template <class Link> struct list_of_links { using type = sequence<>; };
template <class List, class Last> struct with_last;
template <class... D, class Last> struct with_last<sequence<D...>, Last> { using type = sequence<D..., Last>; };
template <class Before, class Last> struct list_of_links<link<Before, Last>> {
    using type = typename with_last<typename list_of_links<contents<Before>>::type, Last>::type;
};

/// What is done with all layers of a chain.
template <class List> struct all_layers;
template <class... D> struct all_layers<sequence<D...>> {
    using entries = entry_list<D...>;
    static constexpr bool features(flow& c, fault* f) { return walk_features<D...>(c, 0, sizeof...(D), f); }
    template <class X> static constexpr auto forward(X x) { return (walking::flowing<X>{x} + ... + layer<D>{}).x; }
    template <class S> static constexpr dims output(fault* f) {
        return arrived((walking::walk<S, 1>{} + ... + layer<D>{}), sizeof...(D), f);
    }
};

template <class Before, class Last> struct link {
    using before = contents<Before>;
    static constexpr const char* name = nullptr;
    static constexpr const char* type = "sequential";
    static constexpr const char* called = "net";
    static constexpr int layers = before::layers + 1;
    static constexpr std::uint64_t id = mix(before::id, Last::id);
    using functions = decltype(typename before::functions{} + typename Last::functions{});
    static constexpr flow behind = [] {
        flow c = before::behind;
        contents<Last>::features(c, nullptr);
        return c;
    }();
    static constexpr names_before names = [] {
        using entries = entries_of<Last>;
        names_before n{entries::value.data(), entries::size, &before::names, before::names.groups};
        for (const layer_name* e : entries::value) n.groups |= group_of(*e);
        return n;
    }();
    static_assert(sizeof(std::conditional_t<layers % 32 == 0, list_of_links<link>, no_layers>) > 0);

    static constexpr bool features(flow& c, fault* f) {
        return all_layers<typename list_of_links<link>::type>::features(c, f);
    }
    template <class X> static constexpr auto forward(X x) {
        return all_layers<typename list_of_links<link>::type>::forward(x);
    }
};
template <class Before, class Last> inline constexpr bool is_chain<link<Before, Last>> = true;
template <class Before, class Last, class S> struct layer_rule<link<Before, Last>, S> {
    static constexpr dims apply(fault* f) {
        return all_layers<typename list_of_links<link<Before, Last>>::type>::template output<S>(f);
    }
};
template <class Before, class Last> struct entries_in<link<Before, Last>> {
    using type = typename all_layers<typename list_of_links<link<Before, Last>>::type>::entries;
};

/// The layers of a layer: those of a chain, or itself.
template <class D, class Contents = contents<D>> struct listed { using type = sequence<D>; };
template <class D, class Before, class Last>
struct listed<D, link<Before, Last>> : list_of_links<link<Before, Last>> {};
template <class D> using list_of = typename listed<D>::type;

/// Chain `Before` with layers behind it.
template <class Before, class Last> using linked = network_of<link<Before, Last>>;
namespace walking {
template <class Chain> struct growing_chain { using type = Chain; };
template <class Chain, class D> growing_chain<linked<Chain, D>> operator+(growing_chain<Chain>, layer<D>);
template <class... C, class... D> constexpr sequence<C..., D...> operator+(sequence<C...>, sequence<D...>) {
    return {};
}
}  // namespace walking
template <class Before, class List> struct extended;
template <class Before, class D> struct extended<Before, sequence<D>> { using type = linked<Before, D>; };
template <class Before, class... D> struct extended<Before, sequence<D...>> {
    using type = typename decltype((walking::growing_chain<Before>{} + ... + layer<D>{}))::type;
};
template <class D, bool = is_chain<contents<D>>> struct as_chain { using type = D; };
template <class D> struct as_chain<D, false> { using type = linked<no_layers, D>; };
template <class D> using chain_of = typename as_chain<D>::type;

/// Whether layers may be declared one after another: `infix<A, B>` as a >> b, `sequence<D...>` as sequential(d...).
template <class A, class B> struct infix;
template <class... What> struct declared_rule;
template <class A, class B> struct declared_rule<infix<A, B>> {
    static constexpr dims apply(fault* f) { return apply(list_of<B>{}, f); }
    template <class... D> static constexpr dims apply(sequence<D...>, fault* f) {
        using before = contents<chain_of<A>>;
        flow c = before::behind;
        if (!walk_features<D...>(c, before::layers, 0, f)) return no_shape;
        for (const layer_name* b : entries_of<B>::value)
            if (name_again(before::names, *b, f)) return no_shape;
        return {};
    }
};
template <class A, class B> using joined = typename extended<chain_of<A>, list_of<B>>::type;

template <class... L> constexpr auto list_of_all() {
    using namespace walking;
    return (sequence<>{} + ... + list_of<L>{});
}
template <class... L> struct declared_rule<sequence<L...>> {
    using list = decltype(list_of_all<L...>());
    static constexpr dims apply(fault* f) { return apply(list{}, f); }
    template <class... D> static constexpr dims apply(sequence<D...>, fault* f) {
        flow c;
        if (!walk_features<D...>(c, 0, sizeof...(D), f)) return no_shape;
        using all = entry_list<D...>;
        std::uint64_t groups = 0;
        for (std::size_t i = 0; i < all::size; ++i) {
            for (std::size_t j = 0; j < i && (groups & group_of(*all::value[i])) != 0; ++j)
                if (name_again(*all::value[j], *all::value[i], f)) return no_shape;
            groups |= group_of(*all::value[i]);
        }
        return {};
    }
};
/// All layers that a rule is about.
template <class Rule> struct layers_of_rule { using type = typename Rule::list; };
template <class A, class B> struct layers_of_rule<declared_rule<infix<A, B>>> {
    using type = decltype(list_of_all<A, B>());
};
template <class... L>
using made_sequential = typename extended<no_layers, typename declared_rule<sequence<L...>>::list>::type;
}  // namespace detail

/// `a >> b`: first a, then b. Checked at once where the sizes are known, whatever the input will be.
///
/// Error   "64 features expected, 32 given: fc2 follows fc1; ..."
template <class A, class B>
    requires(accepted<detail::declared_rule<detail::infix<A, B>>>)
constexpr auto operator>>(layer<A>, layer<B>) {
#if defined(GRADUS_DRAW_ERRORS)
    detail::note_declared<detail::declared_rule<detail::infix<A, B>>>();
#endif
    return layer<detail::joined<A, B>>{};
}
template <class A, class B, clashing sizes = misfit<detail::declared_rule<detail::infix<A, B>>>,
          sentence shape_error = why<detail::declared_rule<detail::infix<A, B>>>>
constexpr invalid operator>>(layer<A>, layer<B>) GRADUS_REFUSED(shape_error);

/// The same as `a >> b >> c`.
template <class... D>
    requires(sizeof...(D) > 0 && accepted<detail::declared_rule<sequence<D...>>>)
constexpr auto sequential(layer<D>...) {
#if defined(GRADUS_DRAW_ERRORS)
    detail::note_declared<detail::declared_rule<sequence<D...>>>();
#endif
    return layer<detail::made_sequential<D...>>{};
}
template <class A, class... D, clashing sizes = misfit<detail::declared_rule<sequence<A, D...>>>,
          sentence shape_error = why<detail::declared_rule<sequence<A, D...>>>>
constexpr invalid sequential(layer<A>, layer<D>...) GRADUS_REFUSED(shape_error);
template <class... L>
    requires(is_invalid<L> || ...)
constexpr invalid sequential(const L&...) { return {}; }

namespace detail {
template <fixed_string Name, class D> struct named_definition {
    static constexpr bool keeps_inner = contents<D>::name != nullptr;  // "encoder" around "fc1": the path has both
    static constexpr const char* name = name_of<Name>();
    static constexpr const char* type = keeps_inner ? "sequential" : contents<D>::type;
    static constexpr const char* called = name;
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = mix(mix(2, name_hash<Name>), D::id);
    using functions = typename D::functions;
    struct entries {
        static constexpr std::size_t size = entries_of<D>::size;
        static constexpr std::array<layer_name, size> own = [] {
            std::array<layer_name, size> all{};
            for (std::size_t i = 0; i < size; ++i) {
                all[i] = *entries_of<D>::value[i];
                all[i].path = mix(name_hash<Name>, all[i].path);
            }
            return all;
        }();
        static constexpr std::array<const layer_name*, size> value = [] {
            std::array<const layer_name*, size> all{};
            for (std::size_t i = 0; i < size; ++i) all[i] = &own[i];
            return all;
        }();
    };
    static constexpr bool features(flow& c, fault* f) {
        if (contents<D>::features(c, f)) return true;
        if (f) f->why << " in " << std::string_view(name);
        return false;
    }
    template <class X> static constexpr auto forward(X x) {
        if constexpr (keeps_inner)
            return (walking::flowing<X>{x} + layer<D>{}).x;
        else
            return contents<D>::forward(x);
    }
};
template <fixed_string Name, class D, class S> struct layer_rule<named_definition<Name, D>, S> {
    static constexpr dims apply(fault* f) {
        const dims result = layer_rule<D, S>::apply(f);
        if (f && !fits(result)) f->why << " in " << std::string_view(name_of<Name>());
        return result;
    }
};

template <class D> struct residual_definition {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = "residual";
    static constexpr const char* called = "net";
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = mix(3, D::id);
    using functions = typename D::functions;
    using entries = entries_of<D>;

    static constexpr bool features(flow& c, fault* f) {
        flow inner;
        if (c.known) inner = c;
        if (!contents<D>::features(inner, f)) {
            if (f) f->why << " in a residual";
            return false;
        }
        const bool wanted = c.known || inner.wanted;
        const axis before = c.known ? c.features : inner.input;
        if (wanted && inner.known && !agree(before, inner.features)) {
            if (f) {
                f->first = inner.features.size;
                f->second = before.size;
                f->why << inner.features << " and " << before
                       << (before.size == inner.features.size ? " features differ in their names" : " features differ")
                       << ": residual adds its input to the output of " << std::string_view(inner.from) << "; write ";
                inner.change(f->why, before);
            }
            return false;
        }
        if (!c.known && wanted) {
            if (!c.changed) {
                c.wanted = true;
                c.input = before;
            }
            c.known = true;
            c.features = before;
            c.from = inner.from;
            c.change = inner.change;
        }
        return true;
    }
    template <class X> static constexpr auto forward(X x) { return (walking::flowing<X>{x} + layer<D>{}).x + x; }
};
template <class D, class S> struct layer_rule<residual_definition<D>, S> {
    static constexpr dims apply(fault* f) {
        const dims inner = layer_rule<D, S>::apply(f);
        if (f && !fits(inner)) f->why << " in a residual";
        return fits(inner) ? rules::same_shape("residual", inner, dims_of<S>, f) : no_shape;
    }
};
template <class D> struct declared_rule<residual_definition<D>> {
    using list = sequence<residual_definition<D>>;
    static constexpr dims apply(fault* f) {
        flow c;
        return residual_definition<D>::features(c, f) ? dims{} : no_shape;
    }
};

template <fixed_string Name, class F> struct function_definition {
    static constexpr const char* name = Name.view().empty() ? nullptr : name_of<Name>();
    static constexpr const char* type = "function";
    static constexpr const char* called = "layer";
    static constexpr int layers = 1;
    static constexpr std::uint64_t id = mix(4, name_hash<Name>);
    using functions = detail::functions<F>;
    using entries = no_entries;

    static constexpr bool features(flow& c, fault*) {
        c.known = false;
        c.changed = true;
        return true;
    }
    template <class X> static constexpr auto forward(X x) {
        if constexpr (requires { F{}(x); })
            return F{}(x);
        else
            return invalid{};
    }
};
/// A function that takes no one expression; where it cannot be called for a mistake inside, nothing more is said.
template <class F, class S> concept CalledOtherwise = !requires { F{}(placeholder<S>); }
&&(
    requires { &F::operator(); } || requires { F{}(); } || requires { F{}(placeholder<S>, placeholder<S>); } ||
    requires { F{}(placeholder<S>, placeholder<S>, placeholder<S>); });
/// What a student would write for a function layer.
template <class D> constexpr sentence& write_function(sentence& s) {
    if constexpr (D::name != nullptr)
        return s << "the function of " << std::string_view(D::name);
    else
        return s << "the function of as_layer";
}
template <fixed_string Name, class F, class S> struct layer_rule<function_definition<Name, F>, S> {
    using own = function_definition<Name, F>;
    // A mistake inside the function is reported there, and nothing more here.
    static constexpr dims apply(fault* f) {
        if constexpr (!requires { F{}(placeholder<S>); }) {
            if constexpr (!CalledOtherwise<F, S>) return {};
            if (f)
                write_function<own>(f->why)
                    << " cannot be called with 1 expression; write as_layer([](auto x) { ... })";
            return no_shape;
        } else {
            using result = std::remove_cvref_t<decltype(F{}(placeholder<S>))>;
            if constexpr (is_expression<result>) {
                return dims_of<shape_of<result>>;
            } else if constexpr (is_invalid<result>) {
                return {};
            } else {
                if (f) {
                    write_function<own>(f->why) << " returns ";
                    if constexpr (std::is_void_v<result>)
                        f->why << "nothing";
                    else
                        write_kind<result>(f->why);
                    f->why << ", no expression; write return ";
                    if constexpr (Layer<result>)
                        f->why << called<decltype(definition_in(std::declval<result>()))>() << "(x)";
                    else
                        f->why << "relu(x), for example";
                }
                return no_shape;
            }
        }
    }
};

}  // namespace detail

namespace detail {
template <class D, class F, class S>
    requires(CalledOtherwise<F, S>)
inline constexpr sentence other_call = why<layer_rule<D, S>>;
}  // namespace detail

/// A function as a layer. Its body is compiled first of all and in as few steps as can be: a compiler prints each step
/// on the way to a mistake inside.
template <fixed_string Name, class F>
struct layer<detail::function_definition<Name, F>> : detail::one_expression<detail::function_definition<Name, F>> {
    using definition = detail::function_definition<Name, F>;

    template <class S, std::uint64_t I, int N, class Result = decltype(F{}(detail::placeholder<S>))>
        requires(is_expression<Result> || is_invalid<Result>)
    constexpr auto operator()(expr<S, I, N> x) const { return detail::apply_layer<definition>(x); }
    template <class S, class Result = decltype(F{}(detail::placeholder<S>)),
              sentence error = why<detail::layer_rule<definition, S>>>
        requires(!is_expression<Result> && !is_invalid<Result>)
    constexpr invalid operator()(shaped<S>) const
        GRADUS_REFUSED_AS(error, "the function of a layer returns an expression, and this one does not");
    template <class S>
        requires(!requires { F{}(detail::placeholder<S>); } && !detail::CalledOtherwise<F, S>)
    constexpr invalid operator()(shaped<S>) const { return {}; }
    template <class S, sentence error = detail::other_call<definition, F, S>>
    constexpr invalid operator()(shaped<S>) const
        GRADUS_REFUSED_AS(error, "the function of a layer takes 1 expression: write as_layer([](auto x) { ... })");
    constexpr invalid operator()(invalid) const { return {}; }
    using detail::one_expression<definition>::operator();
#if defined(GRADUS_DRAW_ERRORS)
    template <std::uint64_t I> constexpr auto operator()(untyped<I> x) const {
        return detail::apply_layer<definition>(x);
    }
#endif
};

namespace detail {
/// A function that is known by its type alone.
template <class F>
inline constexpr bool is_layer_function =
    std::is_class_v<F>&& std::is_empty_v<F> && !is_expression<F> && !is_invalid<F> && !Layer<F>;
}  // namespace detail

/// A layer inside a name: the parameters of `named<"encoder">(linear<"fc1", 4, 4>)` are "encoder.fc1.weight" and so on.
template <fixed_string Name, class D>
    requires(!Name.view().empty())
constexpr auto named(layer<D>) { return layer<detail::network_of<detail::named_definition<Name, D>>>{}; }
template <fixed_string Name> constexpr invalid named(invalid) { return {}; }

/// x + f(x): the layer may not change the shape.
///
/// Error   "32 and 64 features differ: residual adds its input to the output of fc1; write linear<"fc1", 64, 64>"
template <class D>
    requires(accepted<detail::declared_rule<detail::residual_definition<D>>>)
constexpr auto residual(layer<D>) {
#if defined(GRADUS_DRAW_ERRORS)
    detail::note_declared<detail::declared_rule<detail::residual_definition<D>>>();
#endif
    return layer<detail::network_of<detail::residual_definition<D>>>{};
}
template <class D, clashing sizes = misfit<detail::declared_rule<detail::residual_definition<D>>>,
          sentence shape_error = why<detail::declared_rule<detail::residual_definition<D>>>>
constexpr invalid residual(layer<D>) GRADUS_REFUSED(shape_error);
constexpr invalid residual(invalid) { return {}; }

/// A layer from a function of an expression, with a name for the parameters inside:
///
///     constexpr auto block = as_layer<"block">([](auto x) { return relu(fc(x)) + x; });
template <fixed_string Name = "", class F>
    requires(detail::is_layer_function<F>)
constexpr auto as_layer(F) { return layer<detail::function_definition<Name, F>>{}; }
template <fixed_string Name = ""> constexpr invalid as_layer(invalid) { return {}; }

}  // namespace gradus
