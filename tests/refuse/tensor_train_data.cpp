// SPDX-License-Identifier: BSL-1.0
// Data instead of an optimizer.
// refuses: train
// error: train takes a loss and an optimizer, a tensor is given for the optimizer; give the data to each step: trainer.step(x = images)
// error[clang]: the second argument of train is an optimizer
// lines: 8
// lines[clang]: 12
#include <gradus/train/trainable.hpp>
#include <gradus/train/trainer.hpp>
#include <gradus/expr/loss.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

extern const xt::xtensor<float, 2> images;
extern const xt::xtensor<int, 1> labels;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch>;
constexpr auto fc1 = linear<"fc1", 4, 3>;
constexpr auto z = fc1(x);
constexpr auto loss = mean(cross_entropy(z, y));

void run() {
#ifdef FIXED
    train(loss, sgd{});
#else
    train(loss, x = images);  // here
#endif
}
