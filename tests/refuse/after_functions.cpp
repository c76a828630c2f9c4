// SPDX-License-Identifier: BSL-1.0
// Five more lines of functions use the wrong difference: they add no error.
// refuses: sub
// error: 4 and 3 differ in the last dimension: sub cannot combine (batch, 4) and (batch, 3)
// error[clang]: {4, 3}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto x = input<"x", batch, 4>;
constexpr auto u = input<"u", batch, 3>;
constexpr auto v = input<"v", batch, 4>;
#ifdef FIXED
constexpr auto z = x - v;
#else
constexpr auto z = x - u;  // here
#endif
constexpr auto a = sqrt(abs(z)) + log(square(z));
constexpr auto m = maximum(a, 0) / minimum(1, z);
constexpr auto p = pow(m, 2) - pow<3>(z) * -sign(z);
constexpr auto c = where(z >= 0, p, max<1>(z, keepdims));
constexpr auto s = sum(c) + mean<1>(c) + argmax(c);
