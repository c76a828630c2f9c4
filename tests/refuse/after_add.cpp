// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong sum: they add no error.
// refuses: add
// error: 64 and 10 differ in the last dimension: add cannot combine (batch, 64) and (10,)
// error[clang]: {64, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto b = parameter<"b", 10>;
constexpr auto c = parameter<"c", 64>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto z = x + c;
#else
constexpr auto z = x + b;  // here
#endif
constexpr auto h = exp(z) * 2.f;
constexpr auto s = sum<1>(h, keepdims) / 3;
constexpr auto l = mean(cross_entropy(log_softmax(h - s), y));
constexpr auto dc = grad(l, c);
constexpr auto c2 = c - 0.1 * dc;
