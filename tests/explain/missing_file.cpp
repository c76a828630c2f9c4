// SPDX-License-Identifier: BSL-1.0
// A header that is misspelt.
#include <gradus/layer/lineer.hpp>
