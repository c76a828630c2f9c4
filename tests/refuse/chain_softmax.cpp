// SPDX-License-Identifier: BSL-1.0
// softmax and tanh inside a chain keep the width.
// refuses: >>
// error: 12 features expected, 10 given: fc2 follows fc1; write linear<\"fc2\", 10, 2>, or make fc1 give 12
// error[clang]: {12, 10}
// lines: 8
// lines[clang]: 12
#include <gradus/typed.hpp>
using namespace gradus;

#ifdef FIXED
constexpr auto net = linear<"fc1", 8, 10> >> softmax >> tanh >> linear<"fc2", 10, 2>;
#else
constexpr auto net = linear<"fc1", 8, 10> >> softmax >> tanh >> linear<"fc2", 12, 2>;  // here
#endif
