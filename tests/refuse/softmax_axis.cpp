// SPDX-License-Identifier: BSL-1.0
// A vector has no dimension 1.
// refuses: softmax
// error: dimension 1 of 1 does not exist: softmax<1> of (10,)
// error[clang]: {1, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto b = parameter<"b", 10>;
#ifdef FIXED
constexpr auto z = softmax<0>(b);
#else
constexpr auto z = softmax<1>(b);  // here
#endif
