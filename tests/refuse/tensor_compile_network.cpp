// SPDX-License-Identifier: BSL-1.0
// Two parameters of one name in one program.
// refuses: compile
// error: 1 and 2 dimensions differ: fc1.bias is (3,) and (3, 1) in one network
// error[clang]: one name stands for two leaves: rename one of them
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
    compile(z, parameter<"fc1.bias", 3>);
#else
    compile(z, parameter<"fc1.bias", 3, 1>);  // here
#endif
}
