// SPDX-License-Identifier: BSL-1.0
// A std::vector where a tensor is wanted.
// refuses: program
// error: an xtensor is wanted for x (batch, 4); of a std::vector write xt::adapt(values, {rows, columns})
// error[clang]: an xtensor is wanted
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
extern const std::vector<float> values;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = xt::adapt(values, {8, 4}), y = labels);
#else
    program(x = values, y = labels);  // here
#endif
}
