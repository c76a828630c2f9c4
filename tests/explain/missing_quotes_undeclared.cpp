// SPDX-License-Identifier: BSL-1.0
// A parameter's name without quotes.
#include <gradus/layer/activation.hpp>
using namespace gradus;

constexpr auto W = parameter<weight, 64, 10>;
