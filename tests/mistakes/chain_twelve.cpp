// SPDX-License-Identifier: BSL-1.0
// A chain of twelve layers that is never applied; the seventh wants other features.
// red: fc7 linear 48 → 64
// card: **48** features expected, **32** given
// grey: fc8 linear 64 → 128, fc12 linear 128 → 10
#include <gradus/layer/linear.hpp>
using namespace gradus;

constexpr auto net = linear<"fc1", 784, 512> >> linear<"fc2", 512, 256> >> linear<"fc3", 256, 128> >>
                     linear<"fc4", 128, 64> >> linear<"fc5", 64, 32> >> linear<"fc6", 32, 32> >>
                     linear<"fc7", 48, 64> >> linear<"fc8", 64, 128> >> linear<"fc9", 128, 128> >>
                     linear<"fc10", 128, 128> >> linear<"fc11", 128, 128> >> linear<"fc12", 128, 10>;
