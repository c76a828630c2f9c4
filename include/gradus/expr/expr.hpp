// SPDX-License-Identifier: BSL-1.0
// CORE 1: the typed expression. A network is a value of type `expr<Shape, Id>`: the shape is checked by the compiler,
// the id is a hash of what the expression is (operation, attributes, shape, operands), so equal expressions have equal
// types and a shared subexpression costs nothing. The node itself is found through `definition_of`.
#pragma once
#include <gradus/expr/definition.hpp>
#include <gradus/expr/invalid.hpp>
#include <gradus/expr/operation.hpp>
#include <gradus/shape/rules.hpp>
#include <boost/hana/tuple.hpp>
#include <bit>

namespace gradus {

/// The part of an expression that shape errors look at. Its name is what they print.
template <class S> struct shaped {
    using shape_type = S;
};

namespace detail {
/// The numbers that a student mixed into an expression, as 2 and 1 in `2.f * x + 1`: known only as values, so they
/// travel with the expression, in the order in which they are written.
template <int Count> struct numbers {
    std::array<double, static_cast<std::size_t>(Count)> values{};
    constexpr numbers() = default;
    template <class... Operands> constexpr explicit numbers(const Operands&... operands) {
        std::size_t next = 0;
        (take(operands, next), ...);
    }

  private:
    template <int N> constexpr void take(const numbers<N>& operand, std::size_t& next) {
        if constexpr (N > 0)
            for (double v : operand.values) values[next++] = v;
    }
};
template <> struct numbers<0> {
    constexpr numbers() = default;
    template <class... Operands> constexpr explicit numbers(const Operands&...) {}
};
}  // namespace detail

template <class E, class Tensor> struct bound;

/// A typed expression of shape `S`. `Numbers` counts the plain numbers in it.
template <class S, std::uint64_t Id, int Numbers = 0> struct expr : shaped<S>, detail::numbers<Numbers> {
    /// `x = images` names the tensor for an input when a program runs.
    template <class Tensor> constexpr bound<expr, Tensor> operator=(const Tensor& tensor) const {
        return bound<expr, Tensor>{tensor};
    }
};

/// A tensor for the input `E`, by reference.
template <class E, class Tensor> struct bound {
    using input = E;
    const Tensor& tensor;
};

template <class E> inline constexpr bool is_expression = false;
template <class S, std::uint64_t Id, int N> inline constexpr bool is_expression<expr<S, Id, N>> = true;
template <class E> concept Expression = is_expression<std::remove_cvref_t<E>>;

/// An expression as plain data, for all that is not a template: what it is, and the records of its operands.
/// `first_number[i]` is where the numbers of operand i start among its own.
struct record {
    op operation;
    const attributes& attrs;
    const dims& shape;
    std::uint64_t id;
    const char* name = nullptr;  ///< of a leaf or a layer
    const char* type = nullptr;  ///< of a layer: "linear"
    int arity = 0;
    std::array<const record*, 3> operands{};
    std::array<int, 3> first_number{};
    int numbers = 0;
};

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
    static constexpr record value{
        Operation, Attrs::value, dims_of<S>, id, nullptr, nullptr, 1, {&detail::definition<I>::value}, {}, N};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};
template <op Operation, class Attrs, class S, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M>
struct operation_node<Operation, Attrs, S, expr<A, I, N>, expr<B, J, M>> {
    static constexpr std::uint64_t id = detail::mix(detail::mix(detail::operation_seed<Operation, Attrs, S>, I), J);
    using operands_type = boost::hana::tuple<expr<A, I, N>, expr<B, J, M>>;
    using type = expr<S, id, N + M>;
    static constexpr record value{Operation, Attrs::value, dims_of<S>, id, nullptr, nullptr, 2,
                                  {&detail::definition<I>::value, &detail::definition<J>::value}, {0, N}, N + M};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};
template <op Operation, class Attrs, class S, class A, std::uint64_t I, int N, class B, std::uint64_t J, int M, class C,
          std::uint64_t K, int L>
struct operation_node<Operation, Attrs, S, expr<A, I, N>, expr<B, J, M>, expr<C, K, L>> {
    static constexpr std::uint64_t id =
        detail::mix(detail::mix(detail::mix(detail::operation_seed<Operation, Attrs, S>, I), J), K);
    using operands_type = boost::hana::tuple<expr<A, I, N>, expr<B, J, M>, expr<C, K, L>>;
    using type = expr<S, id, N + M + L>;
    static constexpr record value{
        Operation, Attrs::value, dims_of<S>, id, nullptr, nullptr, 3,
        {&detail::definition<I>::value, &detail::definition<J>::value, &detail::definition<K>::value},
        {0, N, N + M}, N + M + L};
    static_assert(sizeof(detail::define<id, operation_node>) > 0 && value.id == id);
};

namespace detail {
template <op O, fixed_string Name, class S> using leaf_expr = typename leaf_node<O, Name, S>::type;
template <op O, class A, class S, class... Operands>
using operation_expr = typename operation_node<O, A, S, Operands...>::type;

/// The expression of a node, with the plain numbers of its operands.
template <class E, class... Operands> constexpr E with_operands(const Operands&... operands) {
    if constexpr (parts_of<E>::numbers == 0)
        return E{};
    else
        return E{{}, numbers<parts_of<E>::numbers>(operands...)};
}
/// The expression of operation `O` with attributes `A::value` and shape `S`.
template <op O, class A, class S, class... Operands> constexpr auto applied(const Operands&... operands) {
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
