// SPDX-License-Identifier: BSL-1.0
// Class indices as doubles.
// refuses: program
// error: double given, float wanted: not each double is a float; for y write xt::cast<float>(the tensor)
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
extern const xt::xtensor<double, 1> classes;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = images, y = xt::cast<int>(classes));
#else
    program(x = images, y = classes);  // here
#endif
}
