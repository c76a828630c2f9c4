// SPDX-License-Identifier: BSL-1.0
// Everything that happens in the compiler: typed expressions, layers, graphs and gradients, with formulas and pictures.
// No xtensor. A file that only checks shapes includes `typed.hpp` and compiles in half the time.
#pragma once
#include <gradus/draw/draw.hpp>
#include <gradus/typed.hpp>
