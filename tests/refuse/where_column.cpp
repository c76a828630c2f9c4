// SPDX-License-Identifier: BSL-1.0
// A column chooses from a vector: stretched, each row would choose from all numbers.
// refuses: where
// error: 1 and 442 in the last dimension would pair all with all: where of (442, 1) and (442,);
// error: write reshape<442, 1> of the (442,)
// error[clang]: {1, 442}
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto c = input<"c", 442, 1>;
constexpr auto y = input<"y", 442>;
#ifdef FIXED
constexpr auto z = where(c > 0, reshape<442, 1>(y), 0);
#else
constexpr auto z = where(c > 0, y, 0);  // here
#endif
