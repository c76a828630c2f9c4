// SPDX-License-Identifier: BSL-1.0
// sequential is checked as >> is.
// refuses: sequential
// error: 64 features expected, 32 given: fc2 follows fc1; write linear<\"fc2\", 32, 10>, or make fc1 give 64
// error[clang]: {64, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto net = sequential(linear<"fc1", 64, 32>, linear<"fc2", 32, 10>);
#else
constexpr auto net = sequential(linear<"fc1", 64, 32>, linear<"fc2", 64, 10>);  // here
#endif
