// SPDX-License-Identifier: BSL-1.0
// The dimension in the wrong brackets.
// refuses: log_softmax
// error: log_softmax takes 1 expression, 2 arguments are given: dimensions stand in angle brackets; write log_softmax<1>(x)
// error[clang]: log_softmax takes one expression, and dimensions in angle brackets: write log_softmax<1>(x)
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto a = log_softmax<1>(x);
#else
constexpr auto a = log_softmax(x, 1);  // here
#endif
