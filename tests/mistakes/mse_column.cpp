// SPDX-License-Identifier: BSL-1.0
// A column against a row, which would broadcast: the loss is red, though each of its operations fits.
// red: mse_loss
// card: **2** and **1** dimensions differ
// grey: mul
#include <gradus/expr/loss.hpp>
using namespace gradus;

constexpr auto loss = 2 * mse_loss(input<"prediction", 442, 1>, input<"y", 442>);
