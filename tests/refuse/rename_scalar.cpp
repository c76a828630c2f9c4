// SPDX-License-Identifier: BSL-1.0
// A scalar has nothing to name.
// refuses: rename
// error: a scalar has no dimension to rename: rename<\"classes\"> of ()
// error[clang]: a scalar has no dimension
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto batch = dim<"batch">;
constexpr auto p = input<"p", batch, 10>;
#ifdef FIXED
constexpr auto a = rename<"classes">(p);
#else
constexpr auto a = rename<"classes">(sum(p));  // here
#endif
constexpr auto more = mean(a);
