// SPDX-License-Identifier: BSL-1.0
// The second matrix is forgotten.
#include <gradus/expr/contract.hpp>
using namespace gradus;

constexpr auto x = input<"x", 4, 4>;
constexpr auto z = matmul(x);
