// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong output of a layer: they add no error.
// refuses: linear
// error: 64 features expected, 60 given: fc1 gets (batch, 60); write linear<\"fc1\", 60, 32>
// error[clang]: {64, 60}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 60>;
constexpr auto y = input<"y", batch, 10>;
#ifdef FIXED
constexpr auto h = linear<"fc1", 60, 32>(x);
#else
constexpr auto h = linear<"fc1", 64, 32>(x);  // here
#endif
constexpr auto g = tanh(h) + sigmoid(h);
constexpr auto z = linear<"fc2", 32, 10>(g);
constexpr auto n = (relu >> linear<"fc3", 32, 10>)(g);
constexpr auto l = mse_loss(softmax(z), y);
constexpr auto m = binary_cross_entropy_with_logits(n, y) + l;
