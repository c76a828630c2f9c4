// SPDX-License-Identifier: BSL-1.0
// A vector where rows are wanted.
// refuses: program
// error: 1 dimensions given, 2 wanted: x (batch, 4) takes a tensor such as xt::xtensor<float, 2>
// error[clang]: the tensor has another number of dimensions
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
extern const xt::xtensor<float, 1> row;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = images, y = labels);
#else
    program(x = row, y = labels);  // here
#endif
}
