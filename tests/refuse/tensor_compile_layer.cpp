// SPDX-License-Identifier: BSL-1.0
// compile of a layer that has no input yet.
// refuses: compile
// error: compile takes expressions, the layer fc1 is given; write compile(fc1(x))
// error[clang]: compile takes expressions, not a layer
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
#ifdef FIXED
    compile(fc1(x));
#else
    compile(fc1);  // here
#endif
}
