// SPDX-License-Identifier: BSL-1.0
// Nothing is wrong here.
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto fc = linear<"fc", 64, 10>;
