// SPDX-License-Identifier: BSL-1.0
// Where expressions start: inputs, parameters and constants.
#pragma once
#include <gradus/expr/checked.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#line 7 "gradus/expr/leaf.hpp"  // so that g++ does not show this text below a mistake (decisions/0007)
#endif

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

template <fixed_string Name> concept NotEmpty = (Name.view().size() > 0);
template <auto D> concept DimensionOrSizeFromOneOn = Dimension<std::remove_cvref_t<decltype(D)>> ||(D >= 1);

/// Data that is given when the program runs: `input<"x", dim<"batch">, 64>` has shape (batch, 64).
template <fixed_string Name, auto... D>
inline constexpr detail::leaf_expr<op::input, Name, shape_of_arguments<D...>> input{};

/// A tensor that training changes: `parameter<"W", 10, 64>` has shape (out_features, in_features) = (10, 64).
template <fixed_string Name, auto... D>
inline constexpr detail::leaf_expr<op::parameter, Name, shape_of_arguments<D...>> parameter{};

// Wrong ones; shape/dim.hpp says why in this form.
// clang-format off
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::name)
__attribute__((unavailable("an input has a name, which stands first: write input<\"x\", 64>")))
inline constexpr invalid input<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::kind)
__attribute__((unavailable("a dimension is a whole number, dim<\"batch\"> or dim<\"classes\", 10>: write input<\"x\", 64>")))
inline constexpr invalid input<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::size)
__attribute__((unavailable("a dimension has at least 1 element: write input<\"x\", 1>, or input<\"x\"> for a scalar")))
inline constexpr invalid input<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::rank)
__attribute__((unavailable("a tensor has at most 6 dimensions: write one size for several, as input<\"x\", 64> for 8 x 8")))
inline constexpr invalid input<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::reported)
inline constexpr invalid input<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::name)
__attribute__((unavailable("a parameter has a name, which stands first: write parameter<\"W\", 10, 64>")))
inline constexpr invalid parameter<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::kind)
__attribute__((unavailable("a dimension is a whole number, dim<\"batch\"> or dim<\"classes\", 10>: write parameter<\"W\", 10, 64>")))
inline constexpr invalid parameter<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::size)
__attribute__((unavailable("a dimension has at least 1 element: write parameter<\"W\", 1>, or parameter<\"W\"> for a scalar")))
inline constexpr invalid parameter<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::rank)
__attribute__((unavailable("a tensor has at most 6 dimensions: write one size for several, as parameter<\"W\", 64> for 8 x 8")))
inline constexpr invalid parameter<Name, D...>{};
template <fixed_string Name, auto... D> requires(fault_of_leaf<Name, D...> == leaf_fault::reported)
inline constexpr invalid parameter<Name, D...>{};
// clang-format on

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
