// SPDX-License-Identifier: BSL-1.0
// Doubles for a program of floats: each would be rounded, and copied.
// refuses: program
// error: double given, float wanted: not each double is a float; for x write xt::cast<float>(the tensor), or make the program of compile<double>
// error[clang]: the numbers would change silently
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
extern const xt::xtensor<double, 2> exact;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = xt::cast<float>(exact), y = labels);
#else
    program(x = exact, y = labels);  // here
#endif
}
