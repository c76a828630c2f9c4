// SPDX-License-Identifier: BSL-1.0
// A name that is nearly one.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto scores = input<"scores", 4>;
constexpr auto y = relu(scorse);
