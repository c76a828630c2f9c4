// SPDX-License-Identifier: BSL-1.0
// Two expressions that cannot be added: the operands stand as they are written.
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto W = parameter<"W", 10, 64>;
constexpr auto b = parameter<"b", dim<"classes", 12>>;
constexpr auto z = 2 * matmul(x, transpose(W)) + b * 3;
