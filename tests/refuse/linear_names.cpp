// SPDX-License-Identifier: BSL-1.0
// Features of the right number and the wrong name.
// refuses: linear
// error: pixels=64 features expected, words=64 given, the names differ: fc1 gets (batch, words=64); write linear<\"fc1\", dim<\"words\", 64>, 32>
// error[clang]: {64, 64}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto pixels = dim<"pixels", 64>;
constexpr auto words = dim<"words", 64>;
constexpr auto x = input<"x", batch, words>;
#ifdef FIXED
constexpr auto z = linear<"fc1", words, 32>(x);
#else
constexpr auto z = linear<"fc1", pixels, 32>(x);  // here
#endif
