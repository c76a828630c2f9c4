// SPDX-License-Identifier: BSL-1.0
// A matrix has no dimension 3.
// refuses: log_softmax
// error: dimension 3 of 2 does not exist: log_softmax<3> of (batch, 64)
// error[clang]: {3, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = log_softmax<0>(x);
#else
constexpr auto z = log_softmax<3>(x);  // here
#endif
