// SPDX-License-Identifier: BSL-1.0
// All kinds of pictures: the layers, the expression, and both passes.
#pragma once
#include <gradus/draw/expression.hpp>
#include <gradus/draw/forward_gradient.hpp>
#include <gradus/draw/layers.hpp>
