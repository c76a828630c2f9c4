// SPDX-License-Identifier: BSL-1.0
// The same number of features under another name.
// refuses: residual
// error: words=64 and pixels=64 features differ in their names: residual adds its input to the output of fc1; write linear<\"fc1\", dim<\"pixels\", 64>, dim<\"pixels\", 64>>
// error[clang]: {64, 64}
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
constexpr auto z = residual(linear<"fc1", dim<"pixels", 64>, dim<"pixels", 64>>);
#else
constexpr auto z = residual(linear<"fc1", dim<"pixels", 64>, dim<"words", 64>>);  // here
#endif
