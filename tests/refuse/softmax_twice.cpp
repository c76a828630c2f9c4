// SPDX-License-Identifier: BSL-1.0
// A softmax of probabilities: shapes fit, training is slow and nobody sees why.
// refuses: softmax
// error: softmax twice: softmax of (batch, 10), which holds the probabilities of a softmax; write softmax(z) of the scores z, or softmax(1 * p) if twice is meant
// error[clang]: softmax twice: the argument holds probabilities already
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto p = input<"p", batch, 10>;
#ifdef FIXED
constexpr auto a = softmax(1 * softmax(p));
#else
constexpr auto a = softmax(softmax(p));  // here
#endif
constexpr auto more = mean(a);
