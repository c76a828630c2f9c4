// SPDX-License-Identifier: BSL-1.0
// The difference of a column and a vector. Stretched, it would hold all pairs, 442 x 442 numbers: write the vector as a
// column, too.
// refuses: sub
// error: 1 and 442 in the last dimension would pair all with all: sub of (442, 1) and (442,);
// error: write reshape<442, 1> of the (442,)
// error[clang]: {1, 442}
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z = input<"z", 442, 1>;
constexpr auto y = input<"y", 442>;
#ifdef FIXED
constexpr auto d = z - reshape<442, 1>(y);
#else
constexpr auto d = z - y;  // here
#endif
constexpr auto loss = mean(square(d));
