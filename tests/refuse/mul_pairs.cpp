// SPDX-License-Identifier: BSL-1.0
// All pairs of a column and a vector of another length. If they are meant, the vector says so by its shape.
// refuses: mul
// error: 1 and 7 in the last dimension would pair all with all: mul of (442, 1) and (7,);
// error: write reshape<1, 7> of the (7,) if pairs are meant
// error[clang]: {1, 7}
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z = input<"z", 442, 1>;
constexpr auto w = input<"w", 7>;
#ifdef FIXED
constexpr auto pairs = z * reshape<1, 7>(w);
#else
constexpr auto pairs = z * w;  // here
#endif
