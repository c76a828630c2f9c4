// SPDX-License-Identifier: BSL-1.0
// Twelve heads against eight in a product of batches of matrices.
// refuses: matmul
// error: batch sizes 12 and 8 differ: matmul cannot multiply (12, 5, 4) by (8, 4, 5)
// error[clang]: {12, 8}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 12, 5, 4>;
constexpr auto u = input<"u", 8, 4, 5>;
constexpr auto v = input<"v", 12, 4, 5>;
#ifdef FIXED
constexpr auto z = matmul(x, v);
#else
constexpr auto z = matmul(x, u);  // here
#endif
