// SPDX-License-Identifier: BSL-1.0
// The size is known only when the program runs: both compilers say so themselves.
// refuses: linear
// error: is not a constant expression
// error[clang]: is not a constant expression
// lines: 9
// lines[clang]: 12
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto fc = linear<"fc", 64, 64>;
constexpr auto fc2 = linear<"fc2", 64, 10>;
#ifdef FIXED
inline void f(int) { (void)linear<"fc1", 64, 10>; }
#else
inline void f(int n) { (void)linear<"fc1", n, 10>; }  // here
#endif
