// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong shape: they add no error.
// refuses: reshape
// error: 63 and 64 elements differ: reshape cannot turn (batch, 64) into (batch, 7, 9)
// error[clang]: {63, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto z = reshape<batch, 8, 8>(x);
#else
constexpr auto z = reshape<batch, 7, 9>(x);  // here
#endif
constexpr auto t = transpose(z);
constexpr auto p = permute<0, 2, 1>(t);
constexpr auto f = flatten(p);
constexpr auto q = reshape<-1>(sum<0>(f));
constexpr auto w = broadcast_to<3, 64>(q);
