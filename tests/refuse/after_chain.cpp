// SPDX-License-Identifier: BSL-1.0
// Five more lines use the wrong network: they add no error.
// refuses: >>
// error: 30 features expected, 32 given: fc2 follows fc1; write linear<\"fc2\", 32, 10>, or make fc1 give 30
// error[clang]: {30, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto y = input<"y", batch>;
#ifdef FIXED
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 10>;
#else
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 30, 10>;  // here
#endif
constexpr auto longer = net >> relu >> linear<"fc3", 10, 10>;
constexpr auto z = longer(x);
constexpr auto p = softmax(z);
constexpr auto l = mean(cross_entropy(z, y));
constexpr auto dx = grad(l, x);
