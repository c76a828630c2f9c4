// SPDX-License-Identifier: BSL-1.0
// A tensor for an expression that is computed.
// refuses: program
// error: an input wanted, an expression given: name an input, as in x = images
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

void run() {
    auto program = compile(loss);
#ifdef FIXED
    program(x = images, y = labels);
#else
    program(x = images, y = labels, z = images);  // here
#endif
}
