// SPDX-License-Identifier: BSL-1.0
// An input without a tensor.
// refuses: program
// error: x (batch, 4) is given no tensor; write x = a tensor
// error[clang]: an input by name wanted: write x = a tensor
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
    auto program = compile(loss);
#ifdef FIXED
    program(x = images, y = labels);
#else
    program(x, y);  // here
#endif
}
