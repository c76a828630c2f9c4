// SPDX-License-Identifier: BSL-1.0
// residual of two layers.
// refuses: residual
// error: 2 layers given, 1 wanted: write residual(a >> b)
// error[clang]: 2 layers given, 1 wanted: write residual(a >> b)
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto z = residual(fc >> relu);
#else
constexpr auto z = residual(fc, fc2);  // here
#endif
