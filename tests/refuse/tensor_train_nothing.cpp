// SPDX-License-Identifier: BSL-1.0
// A loss without parameters.
// refuses: train
// error: 0 parameters in the loss: there is nothing to train
// error[clang]: {0, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/gradus.hpp>
using namespace gradus;

extern const xt::xtensor<float, 2> images;
extern const xt::xtensor<float, 1> labels;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch>;
constexpr auto z = linear<"fc1", 4, 3>(x);
constexpr auto loss = mean(cross_entropy(z, y));

void run() {
#ifdef FIXED
    auto trainer = train(loss, sgd{.learning_rate = 0.1f});
#else
    auto trainer = train(mean(cross_entropy(x, y)), sgd{.learning_rate = 0.1f});  // here
#endif
    trainer.step(x = images, y = labels);
}
