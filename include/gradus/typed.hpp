// SPDX-License-Identifier: BSL-1.0
// What is checked and made while compiling: typed expressions, layers, graphs and gradients. The part of symbolic.hpp
// that needs no strings, for files that only check shapes: formulas and pictures cost a compiler as much again.
#pragma once
#include <gradus/calculus/graph_of.hpp>
#include <gradus/calculus/parameters.hpp>
#include <gradus/expr/contract.hpp>
#include <gradus/expr/loss.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
