// SPDX-License-Identifier: BSL-1.0
// The loss takes the sigmoid itself, as its name says.
// refuses: binary_cross_entropy_with_logits
// error: scores expected, probabilities given: binary_cross_entropy_with_logits takes sigmoid itself, and (batch, 10) comes from sigmoid; write binary_cross_entropy_with_logits(z, y) of the scores z
// error[clang]: binary_cross_entropy_with_logits takes sigmoid itself: give it the scores
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto p = input<"p", batch, 10>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = binary_cross_entropy_with_logits(fc(x), p);
#else
constexpr auto a = binary_cross_entropy_with_logits(sigmoid(fc(x)), p);  // here
#endif
constexpr auto more = mean(a);
