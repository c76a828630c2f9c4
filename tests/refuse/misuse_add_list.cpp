// SPDX-License-Identifier: BSL-1.0
// Numbers of the program itself are no operand; they come in through an input.
// refuses: add
// error: add cannot combine (batch, 64) and a list of numbers; write input<\"data\", batch, 64> in its place, and give the numbers when the program runs
// error[clang]: + takes no tensor: write an input in its place
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
#include <vector>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
#ifdef FIXED
const auto a = x + input<"data", batch, 64>;
#else
const auto a = x + std::vector<float>{};  // here
#endif
