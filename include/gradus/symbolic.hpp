// SPDX-License-Identifier: BSL-1.0
// Everything that happens in the compiler: typed expressions, layers, graphs, gradients, formulas and pictures.
// No xtensor: a file that only checks shapes compiles in well under a second.
#pragma once
#include <gradus/calculus/graph_of.hpp>
#include <gradus/calculus/parameters.hpp>
#include <gradus/draw/draw.hpp>
#include <gradus/expr/contract.hpp>
#include <gradus/expr/loss.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
