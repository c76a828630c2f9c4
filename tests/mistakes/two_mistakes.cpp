// SPDX-License-Identifier: BSL-1.0
// Two mistakes that do not depend on each other: two reds, two cards, and one grey sum above both.
// red: matmul, reshape
// card: inner sizes **5** and **7** differ
// card: **60** and **64** elements differ
// grey: add
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto a = matmul(input<"x", 2, 5>, parameter<"W", 7, 3>);
constexpr auto b = reshape<6, 10>(input<"y", 8, 8>);
constexpr auto z = a + b;
