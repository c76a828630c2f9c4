// SPDX-License-Identifier: BSL-1.0
// Everything that happens in the compiler: typed expressions, layers, graphs and gradients, with formulas and pictures.
// No xtensor. A file that only checks shapes includes `typed.hpp` and compiles in half the time.
#pragma once
// Flat, and in the order of the map (include/meson.build): a compiler prints each header on the way to a mistake.
// clang-format off
#include <gradus/shape/sentence.hpp>
#include <gradus/shape/dim.hpp>
#include <gradus/shape/shape.hpp>
#include <gradus/shape/rules.hpp>
#include <gradus/expr/definition.hpp>
#include <gradus/expr/invalid.hpp>
#include <gradus/expr/operation.hpp>
#include <gradus/expr/growing.hpp>
#include <gradus/expr/record.hpp>
#include <gradus/expr/expr.hpp>
#include <gradus/expr/untyped.hpp>
#include <gradus/expr/checked.hpp>
#include <gradus/expr/content.hpp>
#include <gradus/expr/leaf.hpp>
#include <gradus/expr/elementwise.hpp>
#include <gradus/expr/contract.hpp>
#include <gradus/expr/elementary.hpp>
#include <gradus/expr/reduce.hpp>
#include <gradus/expr/loss.hpp>
#include <gradus/expr/misuse.hpp>
#include <gradus/layer/network.hpp>
#include <gradus/layer/untyped.hpp>
#include <gradus/layer/layer.hpp>
#include <gradus/layer/misuse.hpp>
#include <gradus/layer/activation.hpp>
#include <gradus/layer/linear.hpp>
#include <gradus/graph/graph.hpp>
#include <gradus/graph/builder.hpp>
#include <gradus/graph/lower.hpp>
#include <gradus/calculus/rules.hpp>
#include <gradus/calculus/grad.hpp>
#include <gradus/calculus/simplify.hpp>
#include <gradus/calculus/connected.hpp>
#include <gradus/calculus/graph_of.hpp>
#include <gradus/calculus/parameters.hpp>
#include <gradus/calculus/update.hpp>
#include <gradus/draw/dot.hpp>
#include <gradus/draw/names.hpp>
#include <gradus/draw/formula.hpp>
#include <gradus/draw/picture.hpp>
#include <gradus/draw/expression.hpp>
#include <gradus/draw/forward_gradient.hpp>
#include <gradus/draw/layers.hpp>
#include <gradus/draw/pictures.hpp>
#include <gradus/draw/render.hpp>
#include <gradus/draw/table.hpp>
#include <gradus/draw/draw.hpp>
#include <gradus/draw/update.hpp>
#include <gradus/draw/mistake.hpp>
