// SPDX-License-Identifier: BSL-1.0
// The name of a parameter of a program, misspelt.
// refuses: program parameter
// error: no parameter is called \"fc1.wight\"; the nearest is \"fc1.weight\"
// lines: 8
// lines[clang]: 12
#include <gradus/gradus.hpp>
using namespace gradus;

extern const xt::xtensor<float, 2> images;
extern const xt::xtensor<float, 1> labels;
constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto y = input<"y", batch>;
constexpr auto z = linear<"fc1", 4, 3>(x);
constexpr auto loss = mean(cross_entropy(z, y));

void run() {
    auto program = compile(loss);
    program(x = images, y = labels);
#ifdef FIXED
    program.parameter<"fc1.weight">();
#else
    program.parameter<"fc1.wight">();  // here
#endif
}
