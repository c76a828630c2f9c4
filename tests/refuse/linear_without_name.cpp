// SPDX-License-Identifier: BSL-1.0
// Parameters are called by the name of their layer.
// refuses: linear
// error: a linear layer has a name, which stands first: write linear<"fc1", 64, 10>
// error[clang]: a linear layer has a name, which stands first: write linear<"fc1", 64, 10>
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto fc = linear<"fc1", 64, 10>;
#else
constexpr auto fc = linear<"", 64, 10>;  // here
#endif
