// SPDX-License-Identifier: BSL-1.0
// An input on which the outputs do not depend.
// refuses: program
// error: the program has no input y
// error[clang]: the program has no such input
// lines: 8
// lines[clang]: 12
#include <gradus/program/compile.hpp>
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
    auto scores = compile(z);
#ifdef FIXED
    scores(x = images);
#else
    scores(x = images, y = labels);  // here
#endif
}
