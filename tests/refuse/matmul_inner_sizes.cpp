// SPDX-License-Identifier: BSL-1.0
// A product of matrices whose inner sizes differ.
// refuses: matmul
// error: inner sizes 128 and 100 differ: matmul cannot multiply (32, 128) by (100, 10)
// error[clang]: {128, 100}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", 32, 128>;
constexpr auto W = parameter<"W", 100, 10>;
constexpr auto V = parameter<"V", 128, 10>;
#ifdef FIXED
constexpr auto z = matmul(x, V);
#else
constexpr auto z = matmul(x, W);  // here
#endif
