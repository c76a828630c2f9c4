// SPDX-License-Identifier: BSL-1.0
// An inner dimension of two names.
// refuses: matmul
// error: inner names hidden=10 and classes=10 differ: matmul cannot multiply (batch, hidden=10) by (classes=10, 3); write rename<\"hidden\", \"\">(b) if the same is meant
// error[clang]: the sizes are equal, the names of the dimensions are not
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto hidden = dim<"hidden", 10>;
constexpr auto classes = dim<"classes", 10>;
constexpr auto h = input<"h", batch, hidden>;
constexpr auto W = parameter<"W", classes, 3>;
#ifdef FIXED
constexpr auto a = matmul(h, rename<"hidden", "">(W));
#else
constexpr auto a = matmul(h, W);  // here
#endif
constexpr auto more = mean(a);
