// SPDX-License-Identifier: BSL-1.0
// A size alone is no named dimension.
// refuses: dim
// error: is unavailable: a dimension has a name: write dim<"batch">, or the bare size where it needs none
// error[clang]: is unavailable: a dimension has a name: write dim<"batch">, or the bare size where it needs none
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto width = dim<"width", 64>;
#else
constexpr auto width = dim<64>;  // here
#endif
