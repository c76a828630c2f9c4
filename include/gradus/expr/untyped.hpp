// SPDX-License-Identifier: BSL-1.0
// What becomes of a mistake in files compiled with -DGRADUS_DRAW_ERRORS: an operation whose shapes do not fit gives
// `untyped<Id>`, an expression without a shape, and so does all that is made of it; draw/mistake.hpp draws them.
// Without that macro this file is empty. docs/decisions/0008-how-a-mistake-is-drawn.md says why it is done in this way.
#pragma once
#if defined(GRADUS_DRAW_ERRORS)
#include <gradus/expr/expr.hpp>
#include <cstdio>
#include <cstdlib>

namespace gradus {

/// A mistake as data: the sentence, and the two sizes that clash (equal where it is not about sizes).
struct mistake {
    sentence why;
    std::int64_t first = 0;
    std::int64_t second = 0;
};

/// An expression that has no shape because of a mistake in it or below it. As an `invalid` it is silently accepted
/// wherever that is.
template <std::uint64_t Id> struct untyped : invalid {};
template <std::uint64_t Id> inline constexpr bool is_invalid<untyped<Id>> = true;

namespace detail {
template <std::uint64_t Id> struct parts_of<untyped<Id>> {
    using shape_type = shape<>;
    static constexpr std::uint64_t id = Id;
    static constexpr int numbers = 0;
};

// Mistakes are noted by the initialisers of static data members. A member of a class template is emitted as soon as its
// address is named in a function that is instantiated, even if that is only called while compiling: so nothing of
// the student's program has to run.

/// An expression without a shape; `own` is the mistake, if it is made here and not below.
struct noted_node {
    const record* what;
    const mistake* own;
    const noted_node* next;
    noted_node(const record* w, const mistake* m);
};
/// A mistake that is no node: of a program, of a gradient.
struct noted_sentence {
    const char* text;
    const noted_sentence* next;
    explicit noted_sentence(const char* t);
};
/// One layer of a chain that was declared.
struct chain_row {
    const char* name;
    const char* type;
    int depth;
    bool wants_known;
    axis wants;  ///< features, where the layer says how many
    bool gives_known;
    axis gives;
    bool gets_known;
    axis gets;
    bool wrong;
};
/// A chain of layers that do not fit together, found where it was declared.
struct noted_chain {
    const mistake* what;  ///< null where a shorter part of the chain has it
    std::span<const chain_row> rows;
    const noted_chain* next;
    noted_chain(const mistake* m, std::span<const chain_row> r);
};

/// All that was noted, and how the program ends because of it.
struct all_noted {
    const noted_node* nodes = nullptr;
    const noted_sentence* sentences = nullptr;
    const noted_chain* chains = nullptr;
    bool ends = false;          ///< the end of the program is arranged
    bool written = false;       ///< the picture is there already
    void (*write)() = nullptr;  ///< of draw/mistake.hpp, where it is included
};
inline all_noted noted;

inline void write_noted() {
    if (noted.written) return;
    noted.written = true;
    if (noted.write) {
        noted.write();
    } else {
        for (const auto* n = noted.nodes; n; n = n->next)
            if (n->own) std::fprintf(stderr, "%s\n", n->own->why.text);
        for (const auto* c = noted.chains; c; c = c->next)
            if (c->what && !c->rows.empty()) std::fprintf(stderr, "%s\n", c->what->why.text);
        for (const auto* s = noted.sentences; s; s = s->next) std::fprintf(stderr, "%s\n", s->text);
        std::fprintf(stderr, "with #include <gradus/draw/mistake.hpp> there is a picture of it\n");
    }
    std::fflush(nullptr);
    std::_Exit(1);
}
/// Instead of a network with a mistake in it, the picture.
[[noreturn]] inline void draw_instead() {
    write_noted();
    std::_Exit(1);
}
inline void end_with_picture() {
    if (!noted.ends) std::atexit(write_noted);
    noted.ends = true;
}
inline noted_node::noted_node(const record* w, const mistake* m) : what(w), own(m), next(noted.nodes) {
    noted.nodes = this;
    end_with_picture();
}
inline noted_sentence::noted_sentence(const char* t) : text(t), next(noted.sentences) {
    noted.sentences = this;
    end_with_picture();
}
inline noted_chain::noted_chain(const mistake* m, std::span<const chain_row> r)
    : what(m), rows(r), next(noted.chains) {
    noted.chains = this;
    end_with_picture();
}

template <class Node> struct note_of_node { inline static const noted_node note{&Node::value, Node::own}; };
template <sentence Text> struct note_of_sentence { inline static const noted_sentence note{Text.text}; };
/// The end of a refused overload: notes the sentence. Macros name it.
template <sentence Text> constexpr invalid noted_as() {
    (void)&note_of_sentence<Text>::note;
    return {};
}

template <class Rule> constexpr fault fault_of();

template <number Value> struct with_value;  // of expr/leaf.hpp

/// In place of the shape that a rule could not give.
template <class Rule> struct unknown_shape { static constexpr int rank = 0; };
template <class S> inline constexpr bool is_unknown = false;
template <class Rule> inline constexpr bool is_unknown<unknown_shape<Rule>> = true;

/// A mistake by its content: one id must not have two nodes, and the types of rules hold lambdas.
template <sentence Why, std::int64_t First, std::int64_t Second> struct blamed {
    static constexpr mistake value{Why, First, Second};
    static constexpr const mistake* own = &value;
    static constexpr std::uint64_t hash = hash_text(Why.text);
};
struct blameless {
    static constexpr const mistake* own = nullptr;
    static constexpr std::uint64_t hash = 0;
};
struct unlabelled {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = nullptr;
};
template <fixed_string Type> struct typed_label {
    static constexpr const char* name = nullptr;
    static constexpr const char* type = name_of<Type>();
};

/// A number that tells types apart that have no lambdas in them.
template <class T> constexpr std::uint64_t type_hash() { return hash_text(__PRETTY_FUNCTION__); }

/// The node of an expression without a shape.
template <op Operation, class Label, std::uint64_t Tag, class Blame, class... Operands> struct untyped_node {
    static constexpr std::uint64_t id = [] {
        std::uint64_t h = mix(mix(static_cast<std::uint64_t>(Operation) + 1000, Tag), Blame::hash);
        h = mix(mix(h, hash_text(Label::name)), hash_text(Label::type));
        ((h = mix(h, parts_of<Operands>::id)), ...);
        return h;
    }();
    static constexpr const mistake* own = Blame::own;
    static constexpr record value{
        Operation, plain::value, no_shape, id, Label::name, Label::type, sizeof...(Operands), {&record_of<Operands>...},
    };
    static_assert(sizeof(define<id, untyped_node>) > 0);
};
template <class Node> constexpr auto noted_untyped() {
    (void)&note_of_node<Node>::note;
    return untyped<Node::id>{};
}
/// The placeholder of a layer that is applied to an expression without a shape.
using untyped_placeholder = untyped_node<op::placeholder, unlabelled, 0, blameless>;

/// A plain number beside an expression without a shape: its value is not known here.
using some_number = untyped_node<op::constant, unlabelled, 0, blameless>;
template <class E> struct as_operand { using type = E; };
template <class E>
    requires(std::is_arithmetic_v<E>)
struct as_operand<E> { using type = untyped<some_number::id>; };

template <op O, class Tag, class Blame, class Label, class... E> constexpr auto untyped_of() {
    return noted_untyped<untyped_node<O, Label, type_hash<Tag>(), Blame, typename as_operand<E>::type...>>();
}
/// What an operation gives whose rule says that the shapes do not fit.
template <op O, class Attributes, class Rule, class Label, class... E> constexpr auto mistaken() {
    constexpr fault f = fault_of<Rule>();
    return untyped_of<O, Attributes, blamed<f.why, f.first, f.second>, Label, E...>();
}
template <class S> struct rule_of;
template <class Rule> struct rule_of<unknown_shape<Rule>> { using type = Rule; };

template <class Rule, bool Known = fits(Rule::apply(nullptr))> struct known_shape {
    using type = unknown_shape<Rule>;
};
template <class Rule> struct known_shape<Rule, true> {
    static constexpr dims value = Rule::apply(nullptr);
    using type = shape_from<known_shape>;
};

// The rules of operations that make nodes: with these a mistake is no refusal.
template <op, class, class> struct elementwise_rule;
template <class, class, class> struct where_rule;
template <class, class> struct matmul_rule;
template <class> struct transpose_rule;
template <class, int...> struct permute_rule;
template <class, auto...> struct reshape_rule;
template <class, fixed_string...> struct rename_rule;
template <class, int> struct flatten_rule;
template <class, auto...> struct broadcast_rule;
template <op, class, bool, int...> struct reduce_rule;
template <op, class, int> struct along_rule;
template <class, class> struct cross_entropy_rule;
template <fixed_string, class, class> struct same_shape_rule;
template <class, class> struct layer_rule;
template <class...> struct declared_rule;

template <class Rule> inline constexpr bool is_drawn = false;
template <op O, class A, class B> inline constexpr bool is_drawn<elementwise_rule<O, A, B>> = true;
template <class C, class A, class B> inline constexpr bool is_drawn<where_rule<C, A, B>> = true;
template <class A, class B> inline constexpr bool is_drawn<matmul_rule<A, B>> = true;
template <class S> inline constexpr bool is_drawn<transpose_rule<S>> = true;
template <class S, int... I> inline constexpr bool is_drawn<permute_rule<S, I...>> = sizeof...(I) <= max_rank;
template <class S, auto... D> inline constexpr bool is_drawn<reshape_rule<S, D...>> = true;
template <class S, fixed_string... N> inline constexpr bool is_drawn<rename_rule<S, N...>> = true;
template <class S, int K> inline constexpr bool is_drawn<flatten_rule<S, K>> = true;
template <class S, auto... D> inline constexpr bool is_drawn<broadcast_rule<S, D...>> = true;
template <op O, class S, bool K, int... I> inline constexpr bool is_drawn<reduce_rule<O, S, K, I...>> = true;
template <op O, class S, int I> inline constexpr bool is_drawn<along_rule<O, S, I>> = true;
template <class Z, class Y> inline constexpr bool is_drawn<cross_entropy_rule<Z, Y>> = true;
template <fixed_string N, class A, class B> inline constexpr bool is_drawn<same_shape_rule<N, A, B>> = true;
template <class D, class S> inline constexpr bool is_drawn<layer_rule<D, S>> = true;
template <class... D> inline constexpr bool is_drawn<declared_rule<D...>> = true;

template <class E> inline constexpr bool is_untyped = false;
template <std::uint64_t Id> inline constexpr bool is_untyped<untyped<Id>> = true;
template <class E>
inline constexpr bool is_drawable = is_untyped<E> || is_expression<E> || std::is_arithmetic_v<E>;

/// Operands of which at least one has no shape.
template <class... E>
concept Untyped = (is_drawable<E> && ...) && (is_untyped<E> || ...);
}  // namespace detail

// Each operation on an expression without a shape gives another one.
// clang-format off
#define GRADUS_UNTYPED_1(function, operation)                                                                          \
    template <std::uint64_t I> constexpr auto function(untyped<I>) {                                                   \
        return detail::untyped_of<op::operation, void, detail::blameless, detail::unlabelled, untyped<I>>();           \
    }
#define GRADUS_UNTYPED_2(function, operation)                                                                          \
    template <class A, class B> requires(detail::Untyped<A, B>) constexpr auto function(A, B) {                        \
        return detail::untyped_of<op::operation, void, detail::blameless, detail::unlabelled, A, B>();                 \
    }
#define GRADUS_UNTYPED_ALONG(function)                                                                                 \
    template <int... Axes, std::uint64_t I> constexpr auto function(untyped<I>) {                                      \
        return detail::untyped_of<op::function, std::integer_sequence<int, Axes...>, detail::blameless,                \
                                  detail::unlabelled, untyped<I>>();                                                   \
    }
GRADUS_UNTYPED_1(operator-, neg) GRADUS_UNTYPED_1(exp, exp) GRADUS_UNTYPED_1(log, log) GRADUS_UNTYPED_1(sqrt, sqrt)
GRADUS_UNTYPED_1(abs, abs) GRADUS_UNTYPED_1(sign, sign) GRADUS_UNTYPED_1(tanh, tanh)
GRADUS_UNTYPED_1(transpose, permute)
GRADUS_UNTYPED_2(operator+, add) GRADUS_UNTYPED_2(operator-, sub) GRADUS_UNTYPED_2(operator*, mul)
GRADUS_UNTYPED_2(operator/, div) GRADUS_UNTYPED_2(pow, pow) GRADUS_UNTYPED_2(maximum, maximum)
GRADUS_UNTYPED_2(minimum, minimum) GRADUS_UNTYPED_2(operator<, less) GRADUS_UNTYPED_2(operator<=, less_equal)
GRADUS_UNTYPED_2(operator>, greater) GRADUS_UNTYPED_2(operator>=, greater_equal) GRADUS_UNTYPED_2(operator==, equal)
GRADUS_UNTYPED_2(operator!=, not_equal) GRADUS_UNTYPED_2(matmul, matmul)
GRADUS_UNTYPED_2(cross_entropy, cross_entropy)
GRADUS_UNTYPED_2(binary_cross_entropy_with_logits, binary_cross_entropy_with_logits)
GRADUS_UNTYPED_ALONG(sum) GRADUS_UNTYPED_ALONG(mean) GRADUS_UNTYPED_ALONG(max) GRADUS_UNTYPED_ALONG(argmax)
GRADUS_UNTYPED_ALONG(softmax) GRADUS_UNTYPED_ALONG(log_softmax)
#undef GRADUS_UNTYPED_1
#undef GRADUS_UNTYPED_2
#undef GRADUS_UNTYPED_ALONG
// clang-format on
template <int... Axes, std::uint64_t I, class Keep> constexpr auto sum(untyped<I> a, Keep) { return sum<Axes...>(a); }
template <int... Axes, std::uint64_t I, class Keep> constexpr auto mean(untyped<I> a, Keep) { return mean<Axes...>(a); }
template <int... Axes, std::uint64_t I, class Keep> constexpr auto max(untyped<I> a, Keep) { return max<Axes...>(a); }
template <int... Order, std::uint64_t I> constexpr auto permute(untyped<I> a) { return transpose(a); }
template <auto... D, std::uint64_t I> constexpr auto reshape(untyped<I>) {
    return detail::untyped_of<op::reshape, void, detail::blameless, detail::unlabelled, untyped<I>>();
}
template <auto... D, std::uint64_t I> constexpr auto broadcast_to(untyped<I>) {
    return detail::untyped_of<op::broadcast, void, detail::blameless, detail::unlabelled, untyped<I>>();
}
template <fixed_string... Names, std::uint64_t I> constexpr auto rename(untyped<I>) {
    return detail::untyped_of<op::apply, void, detail::blameless, detail::typed_label<"rename">, untyped<I>>();
}
template <std::uint64_t I> constexpr auto operator+(untyped<I> a) { return a; }
template <std::uint64_t I> constexpr auto square(untyped<I>) {
    return detail::untyped_of<op::mul, void, detail::blameless, detail::unlabelled, untyped<I>, untyped<I>>();
}
template <number Exponent, std::uint64_t I> constexpr auto pow(untyped<I> a) {
    return pow(a, detail::operation_expr<op::constant, detail::with_value<Exponent>, shape<>>{});
}
// Three, each more special than the `where` of `invalid`.
template <std::uint64_t I, class A, class B>
    requires(detail::Untyped<untyped<I>, A, B>)
constexpr auto where(untyped<I>, A, B) {
    return detail::untyped_of<op::where, void, detail::blameless, detail::unlabelled, untyped<I>, A, B>();
}
template <class C, std::uint64_t I, class B>
    requires(detail::Untyped<C, untyped<I>, B> && !detail::is_untyped<C>)
constexpr auto where(C, untyped<I>, B) {
    return detail::untyped_of<op::where, void, detail::blameless, detail::unlabelled, C, untyped<I>, B>();
}
template <class C, class A, std::uint64_t I>
    requires(detail::Untyped<C, A, untyped<I>> && !detail::is_untyped<C> && !detail::is_untyped<A>)
constexpr auto where(C, A, untyped<I>) {
    return detail::untyped_of<op::where, void, detail::blameless, detail::unlabelled, C, A, untyped<I>>();
}
template <class A, class B>
    requires(detail::Untyped<A, B>)
constexpr auto mse_loss(A a, B b) { return mean(square(a - b)); }

}  // namespace gradus
#endif
