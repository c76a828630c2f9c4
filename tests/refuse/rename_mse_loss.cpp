// SPDX-License-Identifier: BSL-1.0
// A loss of two names.
// refuses: mse_loss
// error: hidden=10 and classes=10 are different names in dimension 1: mse_loss compares (batch, hidden=10) with (batch, classes=10) and stretches nothing; write rename<\"hidden\">(b) if the same is meant
// error[clang]: the sizes are equal, the names of the dimensions are not
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto hidden = dim<"hidden", 10>;
constexpr auto classes = dim<"classes", 10>;
constexpr auto h = input<"h", batch, hidden>;
constexpr auto q = input<"q", batch, classes>;
#ifdef FIXED
constexpr auto a = mse_loss(h, rename<"hidden">(q));
#else
constexpr auto a = mse_loss(h, q);  // here
#endif
constexpr auto more = mean(a);
