// SPDX-License-Identifier: BSL-1.0
// A column is compared with a vector: all with all, where each was meant with its own.
// refuses: less
// error: 1 and batch in the last dimension would pair all with all: less of (batch,) and (batch, 1);
// error: write reshape<batch, 1> of the (batch,)
// error[clang]: {1, -1}
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto y = input<"y", batch>;
constexpr auto z = input<"z", batch, 1>;
#ifdef FIXED
constexpr auto smaller = reshape<batch, 1>(y) < z;
#else
constexpr auto smaller = y < z;  // here
#endif
