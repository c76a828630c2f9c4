// SPDX-License-Identifier: BSL-1.0
// No mistake, nothing to draw.
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto z = linear<"fc", 4, 2>(input<"x", dim<"batch">, 4>);
