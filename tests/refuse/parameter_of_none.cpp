// SPDX-License-Identifier: BSL-1.0
// An expression without parameters.
// refuses: parameter_of
// error: no parameter is called \"w\"
// error[clang]: {0, 1}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 64>;
constexpr auto w = parameter<"w", 64>;
#ifdef FIXED
constexpr auto W = parameter_of<"w">(mean(x * w));
#else
constexpr auto W = parameter_of<"w">(mean(x));  // here
#endif
