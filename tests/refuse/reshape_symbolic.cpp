// SPDX-License-Identifier: BSL-1.0
// The batch of any size becomes a batch of 32.
// refuses: reshape
// error: the symbolic dimensions differ: reshape cannot turn (batch, 64) into (32, 64)
// error[clang]: {2048, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<-1, 64>(x);
#else
constexpr auto z = reshape<32, 64>(x);  // here
#endif
