// SPDX-License-Identifier: BSL-1.0
// A matrix has no dimension 2.
// refuses: argmax
// error: dimension 2 of 2 does not exist: argmax<2> of (batch, 64)
// error[clang]: {2, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = argmax<1>(x);
#else
constexpr auto z = argmax<2>(x);  // here
#endif
