// SPDX-License-Identifier: BSL-1.0
// Nine probabilities for ten classes.
// red: cross entropy
// card: **9** probabilities for **10** classes
// grey: mean
#include <gradus/expr/loss.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto loss = mean(cross_entropy(input<"scores", batch, 10>, input<"y", batch, 9>));
