// SPDX-License-Identifier: BSL-1.0
// Compiled once per folder of tests that use tensors.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>
#include <gradus/data/tensor.hpp>
