// SPDX-License-Identifier: BSL-1.0
// A layer made of a function: the error is inside the function.
// refuses: add
// error: 32 and 64 differ in the last dimension: add cannot combine (batch, 32) and (batch, 64)
// error[clang]: {32, 64}
// lines: 13
// lines[clang]: 19
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto block = as_layer<"block">([](auto x) { return linear<"fc1", 64, 64>(x) + x; });
#else
constexpr auto block = as_layer<"block">([](auto x) { return linear<"fc1", 64, 32>(x) + x; });  // here
#endif
constexpr auto z = block(x);
