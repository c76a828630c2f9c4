// SPDX-License-Identifier: BSL-1.0
// A training step with one input given twice.
// refuses: step
// error: x is given twice; leave one of them out
// error[clang]: an input is given twice
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
    trainer.step(x = images, y = labels, x = images);  // here
#endif
}
