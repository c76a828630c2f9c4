// SPDX-License-Identifier: BSL-1.0
// An input with the name of another, of another shape.
// refuses: program
// error: x is (batch, 5) here and (batch, 4) in the program
// error[clang]: {0, 1}
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
constexpr auto wide = input<"x", batch, 5>;

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = images, y = labels);
#else
    program(wide = images, y = labels);  // here
#endif
}
