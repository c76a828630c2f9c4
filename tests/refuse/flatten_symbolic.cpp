// SPDX-License-Identifier: BSL-1.0
// The length of a sequence is known only at run time.
// refuses: flatten
// error: a dimension that is known only when the program runs cannot be flattened: flatten of (batch, time, 4)
// error[clang]: {2, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto time = dim<"time">;
constexpr auto x = input<"x", batch, time, 4>;
constexpr auto v = input<"v", batch, 7, 4>;
#ifdef FIXED
constexpr auto z = flatten(v);
#else
constexpr auto z = flatten(x);  // here
#endif
