// SPDX-License-Identifier: BSL-1.0
// Scores where yes and no belong.
// refuses: binary_cross_entropy_with_logits
// error: probabilities expected, scores given: the target (batch, 10) of binary_cross_entropy_with_logits comes from a product with a parameter; write binary_cross_entropy_with_logits(z, sigmoid(t))
// error[clang]: the target of binary_cross_entropy_with_logits holds scores: write sigmoid of it
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto p = input<"p", batch, 10>;
constexpr auto W = parameter<"W", 64, 10>;
#ifdef FIXED
constexpr auto a = binary_cross_entropy_with_logits(p, sigmoid(matmul(x, W)));
#else
constexpr auto a = binary_cross_entropy_with_logits(p, matmul(x, W));  // here
#endif
constexpr auto more = mean(a);
