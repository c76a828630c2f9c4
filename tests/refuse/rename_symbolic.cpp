// SPDX-License-Identifier: BSL-1.0
// The name of a symbolic size is the size.
// refuses: rename
// error: names of sizes that are known only when the program runs stand for the sizes: rename<\"samples\"> of (batch,); write dim<\"samples\"> where batch is declared
// error[clang]: a size known only when the program runs
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto a = rename<"batch">(y);
#else
constexpr auto a = rename<"samples">(y);  // here
#endif
constexpr auto more = mean(a);
