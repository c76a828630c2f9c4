// SPDX-License-Identifier: BSL-1.0
// Where expressions start: inputs, parameters and constants.
#pragma once
#include <gradus/expr/checked.hpp>

namespace gradus {

namespace detail {
template <gradus::number Value> struct with_value {
    static constexpr attributes value = [] {
        attributes a;
        a.value = Value.value;
        return a;
    }();
};
struct with_literal {
    static constexpr attributes value = [] {
        attributes a;
        a.literal = 1;
        return a;
    }();
};
}  // namespace detail

// What a leaf is made of. Asked where it is named, because a static_assert in its shape does not say on which line of
// the student that was.
template <fixed_string Name> concept NotEmpty = (Name.view().size() > 0);
template <auto D> concept DimensionOrSizeFromOneOn = Dimension<std::remove_cvref_t<decltype(D)>> ||(D >= 1);

/// Data that is given when the program runs: `input<"x", dim<"batch">, 64>` has shape (batch, 64).
template <fixed_string Name, auto... D>
    requires(NotEmpty<Name> && sizeof...(D) <= max_rank && (DimensionOrSizeFromOneOn<D> && ...))
inline constexpr detail::leaf_expr<op::input, Name, shape_of_arguments<D...>> input{};

/// A tensor that training changes: `parameter<"W", 10, 64>` has shape (out_features, in_features) = (10, 64).
template <fixed_string Name, auto... D>
    requires(NotEmpty<Name> && sizeof...(D) <= max_rank && (DimensionOrSizeFromOneOn<D> && ...))
inline constexpr detail::leaf_expr<op::parameter, Name, shape_of_arguments<D...>> parameter{};

/// A scalar that is known while compiling: `constant<0.5>`. A plain number in a formula, `0.5 * x`, works as well; this
/// one is also simplified in programs.
template <number Value>
inline constexpr detail::operation_expr<op::constant, detail::with_value<Value>, shape<>> constant{};

namespace detail {
using literal_expr = operation_expr<op::constant, with_literal, shape<>>;

/// A plain number as an expression: a scalar whose value is only known as a value.
constexpr literal_expr literal(double value) {
    literal_expr e;
    e.values[0] = value;
    return e;
}
}  // namespace detail

/// A plain number, to be mixed with expressions.
template <class T> concept Scalar = std::is_arithmetic_v<T>;

}  // namespace gradus
