// SPDX-License-Identifier: BSL-1.0
// The first softmax is the end of a chain of layers.
// refuses: softmax
// error: softmax twice: softmax of (batch, 10), which holds the probabilities of a softmax; write softmax(z) of the scores z
// error[clang]: softmax twice: the argument holds probabilities already
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc1", 64, 10>;
constexpr auto net = linear<"fc1", 64, 10> >> softmax;
#ifdef FIXED
constexpr auto a = softmax(fc(x));
#else
constexpr auto a = softmax(net(x));  // here
#endif
constexpr auto more = mean(a);
