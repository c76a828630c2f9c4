// SPDX-License-Identifier: BSL-1.0
// Four mistakes: the first as a card, the others by line, also the one that nobody knows.
#include <gradus/symbolic.hpp>
using namespace gradus;

constexpr auto x = input<"x", 4, 4>;
constexpr auto z = x + input<"b", 5>;
constexpr auto y = sum<7>(x);
int k = "text";
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 64, 10>;
