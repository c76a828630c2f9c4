// SPDX-License-Identifier: BSL-1.0
// A group of weight decay with a name that no parameter has.
// refuses: train
// error: no parameter is called
// error[clang]: {0, 1}
// lines: 9
// lines[clang]: 12
#include <gradus/gradus.hpp>
using namespace gradus;

extern const xt::xtensor<float, 2> images;
extern const xt::xtensor<float, 1> labels;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch>;
constexpr auto loss = mean(cross_entropy(linear<"fc1", 4, 3>(x), y));

void run() {
#ifdef FIXED
    auto trainer = train(loss, weight_decay<"fc1.weight">{1e-4} >> sgd{.lr = 0.1});
#else
    auto trainer = train(loss, weight_decay<"fc1.wieght">{1e-4} >> sgd{.lr = 0.1});  // here
#endif
    trainer.step(x = images, y = labels);
}
