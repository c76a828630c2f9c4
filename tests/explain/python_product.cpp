// SPDX-License-Identifier: BSL-1.0
// The product of matrices as Python writes it.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto x = input<"x", 64, 64>;
constexpr auto y = x @ x;
