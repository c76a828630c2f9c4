// SPDX-License-Identifier: BSL-1.0
// train of a layer.
// refuses: train
// error: train takes expressions, the layer fc1 is given; write train(fc1(x))
// error[clang]: train takes a scalar loss first, not a layer
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
    train(sum(fc1(x)), sgd{});
#else
    train(fc1, sgd{});  // here
#endif
}
