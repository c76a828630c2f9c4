// SPDX-License-Identifier: BSL-1.0
// A training step with an input that the loss does not have.
// refuses: step
// error: the program has no input ye; the nearest is y (batch,)
// error[clang]: the program has no such input
// lines: 8
// lines[clang]: 12
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
    auto trainer = train(loss, sgd{.learning_rate = 0.1});
#ifdef FIXED
    trainer.step(x = images, y = labels);
#else
    trainer.step(x = images, y = labels, input<"ye", batch> = labels);  // here
#endif
}
