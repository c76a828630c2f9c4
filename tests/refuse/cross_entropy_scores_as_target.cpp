// SPDX-License-Identifier: BSL-1.0
// A soft target holds probabilities; a linear layer gives scores.
// refuses: cross_entropy
// error: probabilities expected, scores given: the target (batch, 10) of cross_entropy comes from a product with a parameter; write cross_entropy(z, softmax(t)), or 1 * t if this is meant
// error[clang]: the target of cross_entropy holds scores: write softmax of it
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto p = input<"p", batch, 10>;
constexpr auto fc = linear<"fc1", 64, 10>;
#ifdef FIXED
constexpr auto a = cross_entropy(p, softmax(fc(x)));
#else
constexpr auto a = cross_entropy(p, fc(x));  // here
#endif
constexpr auto more = mean(a);
