// SPDX-License-Identifier: BSL-1.0
// The name of an input is not that of a parameter.
// refuses: parameter_of
// error: no parameter is called \"x\"; the nearest is \"fc1.bias\"
// error[clang]: {0, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto loss = mean(linear<"fc1", 64, 10>(x));
#ifdef FIXED
constexpr auto W = parameter_of<"fc1.bias">(loss);
#else
constexpr auto W = parameter_of<"x">(loss);  // here
#endif
