// SPDX-License-Identifier: BSL-1.0
// A training step without the labels.
// refuses: step
// error: y (batch,) is not given: write y = a tensor
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
    auto trainer = train(loss, sgd{.learning_rate = 0.1f});
#ifdef FIXED
    trainer.step(x = images, y = labels);
#else
    trainer.step(x = images);  // here
#endif
}
