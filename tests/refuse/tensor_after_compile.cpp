// SPDX-License-Identifier: BSL-1.0
// Five more lines compile and run the wrong loss: they add no error.
// refuses: mse_loss
// error: 2 and 1 dimensions differ: mse_loss compares (batch, 3) with (batch,) and stretches nothing
// error[clang]: {2, 1}
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

void run() {
#ifdef FIXED
    constexpr auto loss = mean(cross_entropy(z, y));
#else
    constexpr auto loss = mse_loss(z, y);  // here
#endif
    auto program = compile(loss);
    auto l = program(x = images, y = labels);
    auto trainer = train(loss, sgd{.learning_rate = 0.1f});
    trainer.step(x = images, y = labels);
    static_cast<void>(l);
}
