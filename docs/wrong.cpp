// SPDX-License-Identifier: BSL-1.0
// The wrong example of README.md: it does not compile, on purpose. tests/structure/readme.py compares what g++ prints.
#include <gradus/typed.hpp>
using namespace gradus;

//> wrong
constexpr auto net = linear<"fc1", 64, 32> >> relu >> linear<"fc2", 64, 10>;
//< wrong
