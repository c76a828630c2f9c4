// SPDX-License-Identifier: BSL-1.0
// Sizes in the wrong brackets.
// refuses: broadcast_to
// error: broadcast_to takes 1 expression, 3 arguments are given: dimensions stand in angle brackets; write broadcast_to<3, 4>(x)
// error[clang]: broadcast_to takes one expression, and dimensions in angle brackets
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto b = parameter<"b", 4>;
#ifdef FIXED
constexpr auto a = broadcast_to<3, 4>(b);
#else
constexpr auto a = broadcast_to(b, 3, 4);  // here
#endif
