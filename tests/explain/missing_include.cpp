// SPDX-License-Identifier: BSL-1.0
// A name of the library, whose header is not included.
#include <gradus/expr/leaf.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto fc = linear<"fc", 64, 10>;
