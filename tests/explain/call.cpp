// SPDX-License-Identifier: BSL-1.0
// A function of two expressions, and a way out.
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto W = parameter<"W", 10, 64>;
	constexpr auto z = matmul(x + 1, W);  // a tab, and ä
