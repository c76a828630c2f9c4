// SPDX-License-Identifier: BSL-1.0
// A bracket that nobody closes.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto x = input<"x", 4>;
constexpr auto y = relu(x;
