// SPDX-License-Identifier: BSL-1.0
// The header for all of Gradus without its folder.
#include <gradus.hpp>
using namespace gradus;

constexpr auto fc1 = linear<"fc1", 64, 32>;
