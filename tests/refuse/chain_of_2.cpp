// SPDX-License-Identifier: BSL-1.0
// 2 layers: the error is as long as that of 50 layers.
// refuses: >>
// error: 9 features expected, 8 given: last follows l0; write linear<\"last\", 8, 8>, or make l0 give 9 (layer 2)
// error[clang]: {9, 8}
// lines: 8
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
constexpr auto net = linear<"l0", 8, 8>
    >> linear<"last", 8, 8>;
#else
constexpr auto net = linear<"l0", 8, 8>
    >> linear<"last", 9, 8>;  // here
#endif
