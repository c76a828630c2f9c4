// SPDX-License-Identifier: BSL-1.0
// What an ill-formed operation returns, and what becomes of it: every later operation accepts it and returns it again,
// so that one mistake gives one error (clang goes on with the type of a deleted function's result).
// A new operation adds its name here; tests/refuse has cases that use a wrong result in five more lines.
#pragma once
#include <gradus/shape/sentence.hpp>

namespace gradus {

struct invalid;
template <class T> inline constexpr bool is_invalid = false;
template <> inline constexpr bool is_invalid<invalid> = true;

/// The result of an operation whose operands do not fit. Its functions are friends, found only where an operand is
/// invalid: so clang does not list them among the candidates of every other mistake.
struct invalid {
    template <class... T> constexpr invalid operator()(const T&...) const { return {}; }  // a chain, a program
    template <class... T> constexpr invalid step(const T&...) const { return {}; }        // a trainer

    // clang-format off
    template <class T> friend constexpr invalid operator+(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator+(const T&, invalid) { return {}; }
    friend constexpr invalid operator+(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator-(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator-(const T&, invalid) { return {}; }
    friend constexpr invalid operator-(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator*(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator*(const T&, invalid) { return {}; }
    friend constexpr invalid operator*(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator/(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator/(const T&, invalid) { return {}; }
    friend constexpr invalid operator/(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator<(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator<(const T&, invalid) { return {}; }
    friend constexpr invalid operator<(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator<=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator<=(const T&, invalid) { return {}; }
    friend constexpr invalid operator<=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>(const T&, invalid) { return {}; }
    friend constexpr invalid operator>(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>=(const T&, invalid) { return {}; }
    friend constexpr invalid operator>=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator==(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator==(const T&, invalid) { return {}; }
    friend constexpr invalid operator==(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator!=(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator!=(const T&, invalid) { return {}; }
    friend constexpr invalid operator!=(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid operator>>(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid operator>>(const T&, invalid) { return {}; }
    friend constexpr invalid operator>>(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid pow(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid pow(const T&, invalid) { return {}; }
    friend constexpr invalid pow(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid maximum(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid maximum(const T&, invalid) { return {}; }
    friend constexpr invalid maximum(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid minimum(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid minimum(const T&, invalid) { return {}; }
    friend constexpr invalid minimum(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid matmul(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid matmul(const T&, invalid) { return {}; }
    friend constexpr invalid matmul(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid cross_entropy(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid cross_entropy(const T&, invalid) { return {}; }
    friend constexpr invalid cross_entropy(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid binary_cross_entropy_with_logits(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid binary_cross_entropy_with_logits(const T&, invalid) { return {}; }
    friend constexpr invalid binary_cross_entropy_with_logits(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid mse_loss(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid mse_loss(const T&, invalid) { return {}; }
    friend constexpr invalid mse_loss(invalid, invalid) { return {}; }
    template <class T> friend constexpr invalid grad(invalid, const T&) { return {}; }
    template <class T> friend constexpr invalid grad(const T&, invalid) { return {}; }
    friend constexpr invalid grad(invalid, invalid) { return {}; }
    friend constexpr invalid operator+(invalid) { return {}; }
    friend constexpr invalid operator-(invalid) { return {}; }
    friend constexpr invalid exp(invalid) { return {}; }
    friend constexpr invalid log(invalid) { return {}; }
    friend constexpr invalid sqrt(invalid) { return {}; }
    friend constexpr invalid abs(invalid) { return {}; }
    friend constexpr invalid sign(invalid) { return {}; }
    friend constexpr invalid tanh(invalid) { return {}; }
    friend constexpr invalid square(invalid) { return {}; }
    friend constexpr invalid transpose(invalid) { return {}; }
    template <number Exponent> friend constexpr invalid pow(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid permute(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid sum(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid mean(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid max(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid argmax(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid softmax(invalid) { return {}; }
    template <int... Axes> friend constexpr invalid log_softmax(invalid) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid sum(invalid, Keep) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid mean(invalid, Keep) { return {}; }
    template <int... Axes, class Keep> friend constexpr invalid max(invalid, Keep) { return {}; }
    template <auto... D> friend constexpr invalid reshape(invalid) { return {}; }
    template <auto... D> friend constexpr invalid broadcast_to(invalid) { return {}; }
    template <class C, class A, class B> requires(is_invalid<C> || is_invalid<A> || is_invalid<B>) friend constexpr invalid where(const C&, const A&, const B&) { return {}; }
    // clang-format on
};

}  // namespace gradus
