// SPDX-License-Identifier: BSL-1.0
// The inner size of the left side is known only at run time.
// refuses: matmul
// error: inner sizes batch and 32 differ: matmul cannot multiply (10, batch) by (32, 4)
// error[clang]: {-1, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", 10, batch>;
constexpr auto u = input<"u", 32, 4>;
constexpr auto v = input<"v", batch, 4>;
#ifdef FIXED
constexpr auto z = matmul(x, v);
#else
constexpr auto z = matmul(x, u);  // here
#endif
