// SPDX-License-Identifier: BSL-1.0
// The accuracy is no loss.
// refuses: train
// error: no gradient reaches fc1.
// error[clang]: no gradient gets there: an operation on the way is flat
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
#ifdef FIXED
    train(mean(cross_entropy(z, y)), sgd{});
#else
    train(mean(argmax(z) == y), sgd{});  // here
#endif
}
