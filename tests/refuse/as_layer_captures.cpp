// SPDX-License-Identifier: BSL-1.0
// What a function captures is known only when the program runs.
// refuses: as_layer
// error: the function of a layer captures nothing: what it needs must be known while compiling
// error[clang]: as_layer takes a function that captures nothing
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
inline auto f(int) { return as_layer([](auto a) { return a * 3; }); }
#else
inline auto f(int k) { return as_layer([k](auto a) { return a * k; }); }  // here
#endif
