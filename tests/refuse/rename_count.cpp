// SPDX-License-Identifier: BSL-1.0
// Two names for three dimensions.
// refuses: rename
// error: 2 names for 3 dimensions: rename<\"rows\", \"columns\"> of (batch, 8, 8); write one for each, or one for the last
// error[clang]: rename counts its names
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 8, 8>;
#ifdef FIXED
constexpr auto a = rename<"", "rows", "columns">(x);
#else
constexpr auto a = rename<"rows", "columns">(x);  // here
#endif
constexpr auto more = mean(a);
