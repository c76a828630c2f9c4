// SPDX-License-Identifier: BSL-1.0
// Counted from the end, a matrix ends at -2.
// refuses: sum
// error: dimension -3 of 2 does not exist: sum<-3> of (batch, 64)
// error[clang]: {-3, 2}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = sum<-2>(x);
#else
constexpr auto z = sum<-3>(x);  // here
#endif
