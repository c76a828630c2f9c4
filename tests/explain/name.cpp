// SPDX-License-Identifier: BSL-1.0
// A parameter by a name that the network does not have.
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto x = input<"x", dim<"batch">, 64>;
constexpr auto scores = linear<"fc1", 64, 10>(x);
constexpr auto W = parameter_of<"fc1.wieght">(scores);
