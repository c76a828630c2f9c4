// SPDX-License-Identifier: BSL-1.0
// CORE 1: the typed expression. A network is a value of type `expr<Shape, Id>`: the shape is checked by the compiler,
// the id is a hash of what the expression is (operation, attributes, shape, operands), so equal expressions have equal
// types and a shared subexpression costs nothing. The node itself is found through `definition_of`.
#pragma once
#include <gradus/expr/definition.hpp>
#include <gradus/expr/invalid.hpp>
#include <gradus/expr/record.hpp>
#include <gradus/shape/rules.hpp>
#include <boost/hana/tuple.hpp>
#include <bit>
#include <stdexcept>
#if defined(__GNUC__) && !defined(__clang__)
#line 15 "gradus/expr/expr.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

namespace gradus {

/// The part of an expression that shape errors look at. Its name is what they print.
template <class S> struct shaped {
    using shape_type = S;

    // No refused conversion to bool and no refused assignment: together they cost clang 14 a quarter of its time for an
    // expression, and its own words about them are short.
    template <class T, sentence error = sentence("an element cannot be taken out of an expression; write the part that "
                                                 "you need as an input of its own")>
    constexpr invalid operator[](const T&) const
        GRADUS_REFUSED_AS(error, "an expression has no [ ]: write the part that you need as an input of its own");
};

namespace detail {
/// The numbers that a student mixed into an expression, as 2 and 1 in `2.f * x + 1`: known only as values, so they
/// travel with the expression (docs/decisions/0001-plain-numbers-travel-as-values.md).
template <int Count> struct numbers { std::array<double, static_cast<std::size_t>(Count)> values{}; };
template <> struct numbers<0> {};
}  // namespace detail

template <class E, class Tensor> struct bound;
template <class E> inline constexpr bool is_expression = false;

/// A typed expression of shape `S`. `Numbers` counts the plain numbers in it.
template <class S, std::uint64_t Id, int Numbers = 0> struct expr : shaped<S>, detail::numbers<Numbers> {
    /// `x = images` names the tensor for an input when a program runs.
    template <class Tensor>
        requires(!is_expression<Tensor>)
    constexpr bound<expr, Tensor> operator=(const Tensor& tensor) const {
        return bound<expr, Tensor>{tensor};
    }
};

/// A tensor for the input `E`, by reference.
template <class E, class Tensor> struct bound {
    using input = E;
    const Tensor& tensor;
};

template <class S, std::uint64_t Id, int N> inline constexpr bool is_expression<expr<S, Id, N>> = true;
template <class E> concept Expression = is_expression<std::remove_cvref_t<E>>;

namespace detail {
constexpr std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}
constexpr std::uint64_t hash_text(const char* text) {
    std::uint64_t h = 14695981039346656037u;
    for (; text && *text; ++text) h = (h ^ static_cast<unsigned char>(*text)) * 1099511628211u;
    return h;
}
constexpr std::uint64_t hash_of(const attributes& a) {
    std::uint64_t h = mix(mix(0, static_cast<std::uint64_t>(a.axes)), a.keep);
    for (int o : a.order) h = mix(h, static_cast<std::uint64_t>(o));
    return mix(mix(h, std::bit_cast<std::uint64_t>(a.value)), static_cast<std::uint64_t>(a.literal));
}
constexpr std::uint64_t hash_of(const dims& d) {
    std::uint64_t h = static_cast<std::uint64_t>(d.rank);
    for (int i = 0; i < d.rank; ++i) h = mix(mix(h, static_cast<std::uint64_t>(d[i].size)), hash_text(d[i].name));
    return h;
}
template <class S> inline constexpr std::uint64_t shape_hash = hash_of(dims_of<S>);
template <class A> inline constexpr std::uint64_t attributes_hash = hash_of(A::value);
template <fixed_string Name> inline constexpr std::uint64_t name_hash = hash_text(Name.text);

constexpr std::uint64_t operation_id(op operation, std::uint64_t attrs, std::uint64_t shape,
                                     std::initializer_list<std::uint64_t> operands) {
    std::uint64_t h = mix(mix(static_cast<std::uint64_t>(operation), attrs), shape);
    for (std::uint64_t id : operands) h = mix(h, id);
    return h;
}

template <class E> struct parts_of;
template <class S, std::uint64_t Id, int N> struct parts_of<expr<S, Id, N>> {
    using shape_type = S;
    static constexpr std::uint64_t id = Id;
    static constexpr int numbers = N;
};
}  // namespace detail

/// The shape type of an expression type.
template <class E> using shape_of = typename detail::parts_of<std::remove_cvref_t<E>>::shape_type;

/// The node type behind an expression: `leaf_node`, `operation_node` or, of a layer, `detail::application_node`.
template <class E> using definition_of = detail::definition<detail::parts_of<std::remove_cvref_t<E>>::id>;

/// The plain record of an expression.
template <class E> inline constexpr const record& record_of = definition_of<E>::value;

namespace detail {
/// The attributes of an operation that has none. Attributes are types: as values among template arguments they cost
/// g++ 12 and clang 14 ten times the time of all the rest.
struct plain {
    static constexpr attributes value{};
};
template <int N> constexpr int depth_above(const record& operand) { return N > 0 ? operand.depth + 1 : 0; }

/// An operand by its id, with how many plain numbers it holds.
template <std::uint64_t Id, int Count> struct place {
    static constexpr int count = Count;
    static constexpr const record& what() { return definition<Id>::value; }
};
/// Where the plain numbers of operands stand among those of their operation. Only operands that share numbers or
/// follow others need a list; an operation with one such operand keeps its order.
template <class... P> struct places_of {
    static constexpr bool merged = (int(P::count > 0) + ... + 0) > 1;
    static constexpr auto list = [] {
        if constexpr (merged)
            return merge_numbers<P::count...>({&P::what()...});
        else
            return number_places<>{};
    }();
    static constexpr int count = [] {
        if constexpr (merged)
            return list.count;
        else
            return (P::count + ... + 0);
    }();
    static constexpr int depth = [] {
        int d = 0;
        ((d = P::count > 0 && P::what().depth >= d ? P::what().depth + 1 : d), ...);
        return d;
    }();
    static constexpr std::array<const int*, 3> pointers = [] {
        std::array<const int*, 3> p{};
        if constexpr (merged) {
            std::size_t k = 0;
            std::size_t first = 0;
            ((p[k++] = P::count > 0 ? list.places.data() + first : nullptr,
              first += static_cast<std::size_t>(P::count)),
             ...);
        }
        return p;
    }();
};

/// What all operations of one kind, attributes and shape have in their ids.
template <op O, class A, class S>
inline constexpr std::uint64_t operation_seed = operation_id(O, attributes_hash<A>, shape_hash<S>, {});
}  // namespace detail

/// An input, parameter or other named leaf. Naming `type`, here and in the other nodes, defines the node, and makes its
/// record now, while those of its operands are there: so no chain of templates is as deep as the network.
template <op Operation, fixed_string Name, class S> struct leaf_node {
    static constexpr std::uint64_t id =
        detail::mix(detail::mix(static_cast<std::uint64_t>(Operation), detail::name_hash<Name>), detail::shape_hash<S>);
    using operands_type = boost::hana::tuple<>;
    using type = expr<S, id>;
    static constexpr record value{Operation, detail::plain::value, dims_of<S>, id, name_of<Name>()};
    static_assert(sizeof(detail::define<id, leaf_node>) > 0);
};

/// An operation on other expressions, which stand in a Hana tuple; `Attrs::value` are its attributes. One form for each
/// number of operands: packs and loops here cost more than all the rest.
template <op Operation, class Attrs, class S, class... Operands> struct operation_node;

template <op Operation, class Attrs, class S> struct operation_node<Operation, Attrs, S> {
    static constexpr std::uint64_t id = detail::operation_seed<Operation, Attrs, S>;
    static constexpr int numbers = Attrs::value.literal > 0 ? 1 : 0;
    using operands_type = boost::hana::tuple<>;
    using type = expr<S, id, numbers>;
    static constexpr record value{Operation, Attrs::value, dims_of<S>, id, nullptr, nullptr, 0, {}, {}, numbers};
    static_assert(sizeof(detail::define<id, operation_node>) > 0);
};
template <op Operation, class Attrs, class S, class A, std::uint64_t I, int N>
struct operation_node<Operation, Attrs, S, expr<A, I, N>> {
    static constexpr std::uint64_t id = detail::mix(detail::operation_seed<Operation, Attrs, S>, I);
    using operands_type = boost::hana::tuple<expr<A, I, N>>;
    using type = expr<S, id, N>;
    static constexpr record value{Operation,
                                  Attrs::value,
                                  dims_of<S>,
                                  id,
                                  nullptr,
                                  nullptr,
                                  1,
                                  {&detail::definition<I>::value},
                                  {},
                                  N,
                                  detail::depth_above<N>(detail::definition<I>::value)};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};
template <op Operation, class Attrs, class S, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
struct operation_node<Operation, Attrs, S, expr<A, I, N>, expr<B, J, M>> {
    static constexpr std::uint64_t id = detail::mix(detail::mix(detail::operation_seed<Operation, Attrs, S>, I), J);
    using operands_type = boost::hana::tuple<expr<A, I, N>, expr<B, J, M>>;
    using places = detail::places_of<detail::place<I, N>, detail::place<J, M>>;
    using type = expr<S, id, places::count>;
    static constexpr record value{Operation,
                                  Attrs::value,
                                  dims_of<S>,
                                  id,
                                  nullptr,
                                  nullptr,
                                  2,
                                  {&detail::definition<I>::value, &detail::definition<J>::value},
                                  places::pointers,
                                  places::count,
                                  places::depth};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};
template <op Operation, class Attrs, class S, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M, class C,
          std::uint64_t K, int L>
struct operation_node<Operation, Attrs, S, expr<A, I, N>, expr<B, J, M>, expr<C, K, L>> {
    static constexpr std::uint64_t id =
        detail::mix(detail::mix(detail::mix(detail::operation_seed<Operation, Attrs, S>, I), J), K);
    using operands_type = boost::hana::tuple<expr<A, I, N>, expr<B, J, M>, expr<C, K, L>>;
    using places = detail::places_of<detail::place<I, N>, detail::place<J, M>, detail::place<K, L>>;
    using type = expr<S, id, places::count>;
    static constexpr record value{
        Operation,
        Attrs::value,
        dims_of<S>,
        id,
        nullptr,
        nullptr,
        3,
        {&detail::definition<I>::value, &detail::definition<J>::value, &detail::definition<K>::value},
        places::pointers,
        places::count,
        places::depth};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};

namespace detail {
template <op O, fixed_string Name, class S> using leaf_expr = typename leaf_node<O, Name, S>::type;
template <op O, class A, class S, class... Operands>
using operation_expr = typename operation_node<O, A, S, Operands...>::type;

/// Not constexpr, so that the compiler names it where an expression holds two numbers in one place: `matmul(2 * x, W)`
/// and `matmul(3 * x, W)` together have one type for what differs. `constant<2.0>` puts the number into the type.
inline void write_one_of_the_two_numbers_as_constant(double, double) {
    throw std::invalid_argument(
        "two products are alike but for a plain number; write one of the numbers as constant<...>");
}

/// The expression of a node, with the plain numbers of its operands.
template <class E, class... Operands> constexpr E with_operands(const Operands&... operands) {
    if constexpr (parts_of<E>::numbers == 0) {
        return E{};
    } else {
        E e{};
        const record& r = record_of<E>;
        std::array<bool, static_cast<std::size_t>(parts_of<E>::numbers)> given{};
        std::size_t k = 0;
        const auto take = [&](const auto& operand) {
            constexpr int count = parts_of<std::remove_cvref_t<decltype(operand)>>::numbers;
            if constexpr (count > 0) {
                for (std::size_t j = 0; j < static_cast<std::size_t>(count); ++j) {
                    const std::size_t to = r.places[k] ? static_cast<std::size_t>(r.places[k][j]) : j;
                    if (given[to] && e.values[to] != operand.values[j])
                        write_one_of_the_two_numbers_as_constant(e.values[to], operand.values[j]);
                    given[to] = true;
                    e.values[to] = operand.values[j];
                }
            }
            ++k;
        };
        (take(operands), ...);
        return e;
    }
}
#if defined(GRADUS_DRAW_ERRORS)  // expr/untyped.hpp has them
struct unlabelled;
template <class S> extern const bool is_unknown;
template <class S> struct rule_of;
template <op O, class A, class Rule, class Label, class... E> constexpr auto mistaken();
#endif
/// The expression of operation `O` with attributes `A::value` and shape `S`.
template <op O, class A, class S, class... Operands> constexpr auto applied(const Operands&... operands) {
#if defined(GRADUS_DRAW_ERRORS)
    if constexpr (is_unknown<S>)
        return mistaken<O, A, typename rule_of<S>::type, unlabelled, Operands...>();
    else
#endif
        return with_operands<operation_expr<O, A, S, Operands...>>(operands...);
}
}  // namespace detail

/// The operands of an expression, as a Hana tuple of expressions.
///
///     hana::for_each(operands(z), [](auto operand) { ... });
template <class S, std::uint64_t Id, int N> constexpr auto operands(expr<S, Id, N>) {
    return typename detail::definition<Id>::operands_type{};
}

}  // namespace gradus
