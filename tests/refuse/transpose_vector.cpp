// SPDX-License-Identifier: BSL-1.0
// A vector has no two dimensions to swap.
// refuses: permute, transpose
// error: 2 dimensions wanted, 1 given: transpose cannot swap the last two of (10,)
// error[clang]: {2, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = b;
#else
constexpr auto z = transpose(b);  // here
#endif
