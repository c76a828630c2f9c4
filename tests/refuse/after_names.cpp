// SPDX-License-Identifier: BSL-1.0
// A wrong network in a name, a residual, a sequential: they add no error.
// refuses: >>
// error: 30 features expected, 32 given: fc2 follows fc1; write linear<\"fc2\", 32, 64>, or make fc1 give 30
// error[clang]: {30, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
constexpr auto net = linear<"fc1", 64, 32> >> linear<"fc2", 32, 64>;
#else
constexpr auto net = linear<"fc1", 64, 32> >> linear<"fc2", 30, 64>;  // here
#endif
constexpr auto block = named<"block">(residual(net));
constexpr auto deep = sequential(block, relu, net);
constexpr auto loss = mean(deep(x));
constexpr auto W = parameter_of<"block.fc1.weight">(loss);
constexpr auto nodes = graph_of(loss, grad(loss, W)).size();
