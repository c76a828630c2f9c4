// SPDX-License-Identifier: BSL-1.0
// Nor has a scalar.
// refuses: permute, transpose
// error: 2 dimensions wanted, 0 given: transpose cannot swap the last two of ()
// error[clang]: {2, 0}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = parameter<"c">;
constexpr auto W = parameter<"W", 2, 3>;
#ifdef FIXED
constexpr auto z = transpose(W);
#else
constexpr auto z = transpose(c);  // here
#endif
