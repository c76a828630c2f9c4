// SPDX-License-Identifier: BSL-1.0
// Two chains that are right by themselves and do not fit together.
// refuses: >>
// error: 32 features expected, 16 given: fc3 follows fc2; write linear<\"fc3\", 16, 64>, or make fc2 give 32
// error[clang]: {32, 16}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto encoder = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 32, 16>;
constexpr auto decoder = linear<"fc3", 32, 64> >> sigmoid;
constexpr auto fitting = linear<"fc3", 16, 64> >> sigmoid;
#ifdef FIXED
constexpr auto net = encoder >> fitting;
#else
constexpr auto net = encoder >> decoder;  // here
#endif
