// SPDX-License-Identifier: BSL-1.0
// cross_entropy takes the softmax itself.
// refuses: cross_entropy
// error: scores expected, probabilities given: cross_entropy takes softmax itself, and (batch, 10) comes from softmax; write cross_entropy(z, y) of the scores z, or 1 * p if this is meant
// error[clang]: cross_entropy takes softmax itself: give it the scores, not probabilities
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
constexpr auto fc = linear<"fc1", 64, 10>;
constexpr auto net = linear<"fc1", 64, 10> >> softmax;
#ifdef FIXED
constexpr auto a = cross_entropy(fc(x), y);
#else
constexpr auto a = cross_entropy(net(x), y);  // here
#endif
constexpr auto more = mean(a);
