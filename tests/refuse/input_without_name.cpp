// SPDX-License-Identifier: BSL-1.0
// A name stands before the sizes.
// refuses: input
// error: is unavailable: an input has a name, which stands first: write input<"x", 64>
// error[clang]: is unavailable: an input has a name, which stands first: write input<"x", 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
#ifdef FIXED
constexpr auto x = input<"x", batch, 64>;
#else
constexpr auto x = input<batch, 64>;  // here
#endif
constexpr auto z = x * x;
