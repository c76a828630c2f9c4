// SPDX-License-Identifier: BSL-1.0
// Everything: what happens in the compiler (symbolic.hpp), and programs, training and data on top of it.
#pragma once
#include <gradus/data/datasets.hpp>
#include <gradus/program/compile.hpp>
#include <gradus/program/interpret.hpp>
#include <gradus/symbolic.hpp>
#include <gradus/train/batches.hpp>
#include <gradus/train/metrics.hpp>
#include <gradus/train/trainer.hpp>
