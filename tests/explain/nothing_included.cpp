// SPDX-License-Identifier: BSL-1.0
// No header at all.
using namespace gradus;
