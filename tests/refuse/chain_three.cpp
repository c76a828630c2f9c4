// SPDX-License-Identifier: BSL-1.0
// The layer in the middle of three is the wrong one.
// refuses: >>
// error: 30 features expected, 32 given: fc2 follows fc1; write linear<\"fc2\", 32, 16>, or make fc1 give 30 (layer 2)
// error[clang]: {30, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto net = linear<"fc1", 64, 32>
                   >> linear<"fc2", 32, 16>
                   >> linear<"fc3", 16, 10>;
#else
constexpr auto net = linear<"fc1", 64, 32>
                   >> linear<"fc2", 30, 16>  // here
                   >> linear<"fc3", 16, 10>;
#endif
