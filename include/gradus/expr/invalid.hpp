// SPDX-License-Identifier: BSL-1.0
// What an ill-formed operation returns, and what becomes of it: every later operation accepts it and returns it again,
// so that one mistake gives one error (clang goes on with the type of a deleted function's result).
// A new operation adds its name here; tests/refuse has a case for each.
#pragma once

namespace gradus {

struct invalid {
    template <class... T> constexpr invalid operator()(const T&...) const { return {}; }  // a chain of layers
};

// clang-format off
template <class T> constexpr invalid operator+(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator+(const T&, invalid) { return {}; }
constexpr invalid operator+(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator-(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator-(const T&, invalid) { return {}; }
constexpr invalid operator-(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator*(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator*(const T&, invalid) { return {}; }
constexpr invalid operator*(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator/(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator/(const T&, invalid) { return {}; }
constexpr invalid operator/(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator<(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator<(const T&, invalid) { return {}; }
constexpr invalid operator<(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator<=(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator<=(const T&, invalid) { return {}; }
constexpr invalid operator<=(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator>(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator>(const T&, invalid) { return {}; }
constexpr invalid operator>(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator>=(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator>=(const T&, invalid) { return {}; }
constexpr invalid operator>=(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator==(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator==(const T&, invalid) { return {}; }
constexpr invalid operator==(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator!=(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator!=(const T&, invalid) { return {}; }
constexpr invalid operator!=(invalid, invalid) { return {}; }
template <class T> constexpr invalid operator>>(invalid, const T&) { return {}; }
template <class T> constexpr invalid operator>>(const T&, invalid) { return {}; }
constexpr invalid operator>>(invalid, invalid) { return {}; }
template <class T> constexpr invalid pow(invalid, const T&) { return {}; }
template <class T> constexpr invalid pow(const T&, invalid) { return {}; }
constexpr invalid pow(invalid, invalid) { return {}; }
template <class T> constexpr invalid maximum(invalid, const T&) { return {}; }
template <class T> constexpr invalid maximum(const T&, invalid) { return {}; }
constexpr invalid maximum(invalid, invalid) { return {}; }
template <class T> constexpr invalid minimum(invalid, const T&) { return {}; }
template <class T> constexpr invalid minimum(const T&, invalid) { return {}; }
constexpr invalid minimum(invalid, invalid) { return {}; }
template <class T> constexpr invalid matmul(invalid, const T&) { return {}; }
template <class T> constexpr invalid matmul(const T&, invalid) { return {}; }
constexpr invalid matmul(invalid, invalid) { return {}; }
template <class T> constexpr invalid cross_entropy(invalid, const T&) { return {}; }
template <class T> constexpr invalid cross_entropy(const T&, invalid) { return {}; }
constexpr invalid cross_entropy(invalid, invalid) { return {}; }
template <class T> constexpr invalid binary_cross_entropy_with_logits(invalid, const T&) { return {}; }
template <class T> constexpr invalid binary_cross_entropy_with_logits(const T&, invalid) { return {}; }
constexpr invalid binary_cross_entropy_with_logits(invalid, invalid) { return {}; }
template <class T> constexpr invalid mse_loss(invalid, const T&) { return {}; }
template <class T> constexpr invalid mse_loss(const T&, invalid) { return {}; }
constexpr invalid mse_loss(invalid, invalid) { return {}; }
template <class T> constexpr invalid grad(invalid, const T&) { return {}; }
template <class T> constexpr invalid grad(const T&, invalid) { return {}; }
constexpr invalid grad(invalid, invalid) { return {}; }
constexpr invalid operator+(invalid) { return {}; }
constexpr invalid operator-(invalid) { return {}; }
constexpr invalid exp(invalid) { return {}; }
constexpr invalid log(invalid) { return {}; }
constexpr invalid sqrt(invalid) { return {}; }
constexpr invalid abs(invalid) { return {}; }
constexpr invalid sign(invalid) { return {}; }
constexpr invalid tanh(invalid) { return {}; }
constexpr invalid square(invalid) { return {}; }
constexpr invalid transpose(invalid) { return {}; }
template <auto Exponent> constexpr invalid pow(invalid) { return {}; }
template <int... Axes> constexpr invalid permute(invalid) { return {}; }
template <int... Axes> constexpr invalid sum(invalid) { return {}; }
template <int... Axes> constexpr invalid mean(invalid) { return {}; }
template <int... Axes> constexpr invalid max(invalid) { return {}; }
template <int... Axes> constexpr invalid argmax(invalid) { return {}; }
template <int... Axes> constexpr invalid softmax(invalid) { return {}; }
template <int... Axes> constexpr invalid log_softmax(invalid) { return {}; }
template <int... Axes, class Keep> constexpr invalid sum(invalid, Keep) { return {}; }
template <int... Axes, class Keep> constexpr invalid mean(invalid, Keep) { return {}; }
template <int... Axes, class Keep> constexpr invalid max(invalid, Keep) { return {}; }
template <auto... D> constexpr invalid reshape(invalid) { return {}; }
template <auto... D> constexpr invalid broadcast_to(invalid) { return {}; }
template <class A, class B> constexpr invalid where(invalid, const A&, const B&) { return {}; }
template <class C, class B> constexpr invalid where(const C&, invalid, const B&) { return {}; }
template <class C, class A> constexpr invalid where(const C&, const A&, invalid) { return {}; }
// clang-format on

}  // namespace gradus
