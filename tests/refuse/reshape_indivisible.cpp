// SPDX-License-Identifier: BSL-1.0
// The open size would be 64 / 10.
// refuses: reshape
// error: 64 elements do not divide by 10: reshape cannot turn (batch, 64) into (batch, 10, -1)
// error[clang]: {10, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 16, -1>(x);
#else
constexpr auto z = reshape<batch, 10, -1>(x);  // here
#endif
