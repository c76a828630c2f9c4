// SPDX-License-Identifier: BSL-1.0
// A learning rate instead of an optimizer.
// refuses: train
// error: train takes a loss and an optimizer, a number is given for the optimizer; write the learning rate as sgd{.learning_rate = 0.1}
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
    train(loss, sgd{.learning_rate = 0.1});
#else
    train(loss, 0.1);  // here
#endif
}
