// SPDX-License-Identifier: BSL-1.0
// Classes of the program itself.
// refuses: cross_entropy
// error: cross_entropy takes 2 expressions, (batch, 10) and a list of numbers are given
// error[clang]: cross_entropy takes no tensor: write an input in its place
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
#include <vector>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto z = input<"z", batch, 10>;
#ifdef FIXED
const auto a = cross_entropy(z, input<"y", batch>);
#else
const auto a = cross_entropy(z, std::vector<int>{});  // here
#endif
