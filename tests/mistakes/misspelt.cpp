// SPDX-License-Identifier: BSL-1.0
// A mistake that is no shape: its card stands alone.
// red:
// card: wieght
// grey:
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto z = linear<"fc", 4, 2>(input<"x", dim<"batch">, 4>);
constexpr auto W = parameter_of<"fc.wieght">(z);
