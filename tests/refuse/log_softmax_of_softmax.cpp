// SPDX-License-Identifier: BSL-1.0
// log_softmax takes the softmax itself.
// refuses: log_softmax
// error: softmax twice: log_softmax of (batch, 10), which holds the probabilities of a softmax; write log_softmax(z) of the scores z
// error[clang]: softmax twice: the argument holds probabilities already
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto p = input<"p", batch, 10>;
#ifdef FIXED
constexpr auto a = log_softmax(p);
#else
constexpr auto a = log_softmax(softmax(p));  // here
#endif
constexpr auto more = mean(a);
