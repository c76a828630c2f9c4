// SPDX-License-Identifier: BSL-1.0
// Compiled once per folder of tests: what every test includes.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>
