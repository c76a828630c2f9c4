// SPDX-License-Identifier: BSL-1.0
// A name that is declared further down.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto y = relu(x);
constexpr auto x = input<"x", 4>;
