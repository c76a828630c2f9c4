// SPDX-License-Identifier: BSL-1.0
// A size alone.
// refuses: input
// error: is unavailable: an input has a name, which stands first: write input<"x", 64>
// error[clang]: is unavailable: an input has a name, which stands first: write input<"x", 64>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto x = input<"x", 64>;
#else
constexpr auto x = input<64>;  // here
#endif
