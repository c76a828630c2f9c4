// SPDX-License-Identifier: BSL-1.0
// A loss for each sample cannot be trained; its mean can.
// refuses: train
// error: 1 dimensions given, 0 wanted: train needs a scalar loss and gets (batch,); take its mean or sum first
// error[clang]: {1, 0}
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
    auto trainer = train(cross_entropy(z, y), sgd{.learning_rate = 0.1f});  // here
#endif
    trainer.step(x = images, y = labels);
}
