// SPDX-License-Identifier: BSL-1.0
// The right number of features with the wrong name.
// refuses: >>
// error: words=32 features expected, hidden=32 given, the names differ:
// error: fc2 follows fc1; write linear<\"fc2\", dim<\"hidden\", 32>, 10>, or make fc1 give words=32
// error[clang]: {32, 32}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

constexpr auto hidden = dim<"hidden", 32>;
constexpr auto words = dim<"words", 32>;
#ifdef FIXED
constexpr auto net = linear<"fc1", 64, hidden> >> linear<"fc2", hidden, 10>;
#else
constexpr auto net = linear<"fc1", 64, hidden> >> linear<"fc2", words, 10>;  // here
#endif
