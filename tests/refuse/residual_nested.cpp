// SPDX-License-Identifier: BSL-1.0
// The wrong layer is deep inside; the sentence says where.
// refuses: residual
// error: 12 features expected, 10 given: fc3 follows fc2; write linear<\"fc3\", 10, 64>, or make fc2 give 12 (layer 2)
// error[clang]: {12, 10}
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
constexpr auto z = fc >> named<"block">(residual(fc2 >> linear<"fc3", 10, 64>));
#else
constexpr auto z = fc >> named<"block">(residual(fc2 >> linear<"fc3", 12, 64>));  // here
#endif
