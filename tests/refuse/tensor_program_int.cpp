// SPDX-License-Identifier: BSL-1.0
// Whole numbers where real ones are wanted.
// refuses: program
// error: int given, float wanted: not each int is a float; for x write xt::cast<float>(the tensor)
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
extern const xt::xtensor<int, 2> counts;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = xt::cast<float>(counts), y = labels);
#else
    program(x = counts, y = labels);  // here
#endif
}
