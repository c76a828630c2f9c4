// SPDX-License-Identifier: BSL-1.0
// A size is forgotten.
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto fc = linear<"fc", 64>;
