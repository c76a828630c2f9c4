// SPDX-License-Identifier: BSL-1.0
// Twelve layers with activations; the seventh is the wrong one.
// refuses: sequential
// error: 48 features expected, 32 given: fc7 follows fc6; write linear<\"fc7\", 32, 64>, or make fc6 give 48 (layer 13 of 23)
// error[clang]: {48, 32}
// lines: 16
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto net = sequential(
    linear<"fc1", 784, 512>, relu, linear<"fc2", 512, 256>, relu, linear<"fc3", 256, 128>,
    relu, linear<"fc4", 128, 64>, relu, linear<"fc5", 64, 32>, relu, linear<"fc6", 32, 32>,
    relu, linear<"fc7", 32, 64>, relu, linear<"fc8", 64, 128>, relu, linear<"fc9", 128, 256>,
    relu, linear<"fc10", 256, 512>, relu, linear<"fc11", 512, 128>, relu, linear<"fc12", 128, 10>);
#else
constexpr auto net = sequential(  // here
    linear<"fc1", 784, 512>, relu, linear<"fc2", 512, 256>, relu, linear<"fc3", 256, 128>,
    relu, linear<"fc4", 128, 64>, relu, linear<"fc5", 64, 32>, relu, linear<"fc6", 32, 32>,
    relu, linear<"fc7", 48, 64>, relu, linear<"fc8", 64, 128>, relu, linear<"fc9", 128, 256>,
    relu, linear<"fc10", 256, 512>, relu, linear<"fc11", 512, 128>, relu, linear<"fc12", 128, 10>);
#endif
