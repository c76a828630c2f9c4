// SPDX-License-Identifier: BSL-1.0
// A layer is called without an input.
// refuses: linear
// error: 0 arguments given, 1 wanted: fc takes one expression; write fc(x)
// error[clang]: 0 arguments given, 1 wanted
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
constexpr auto z = fc(x);
#else
constexpr auto z = fc();  // here
#endif
